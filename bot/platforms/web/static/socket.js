// The connection: requests with answers, news without being asked, and coming back after it broke.

const FIRST_WAIT = 300;
const LONGEST_WAIT = 5000;

/** What Rung said no to; `field` names an input, where it is one. */
export class Refused extends Error {
  constructor({ text, field }) {
    super(text);
    this.field = field;
  }
}

/** The connection was not there, or broke before the answer. */
export class Lost extends Error {}

export class Socket {
  #socket = null;
  #waiting = new Map();
  #number = 0;
  #tries = 0;
  #timer = 0;
  #heard;
  #lost;

  /** heard(news) is told what Rung says by itself; lost() when the connection breaks or can't be made. */
  constructor(heard, lost) {
    this.#heard = heard;
    this.#lost = lost;
    addEventListener("online", () => this.#hurry());
    addEventListener("pageshow", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  connect() {
    clearTimeout(this.#timer);
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onmessage = (event) => this.#take(JSON.parse(event.data));
    socket.onopen = () => (this.#tries = 0);
    socket.onclose = () => this.#closed();
  }

  get connected() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Ask Rung; resolves with the result, rejects with Refused or Lost. */
  request(what, data = {}) {
    if (!this.connected) return Promise.reject(new Lost("Rung can't be reached right now. Nothing was sent."));
    const n = ++this.#number;
    this.#socket.send(JSON.stringify({ n, do: what, ...data }));
    return new Promise((resolve, reject) => this.#waiting.set(n, { resolve, reject }));
  }

  #take(data) {
    if (data.push) {
      this.#heard(data);
      return;
    }
    const waiting = this.#waiting.get(data.n);
    this.#waiting.delete(data.n);
    if (data.error) waiting?.reject(new Refused(data.error));
    else waiting?.resolve(data.result);
  }

  #closed() {
    for (const { reject } of this.#waiting.values()) {
      reject(new Lost("The connection broke before Rung answered. Look whether it was done before you try again."));
    }
    this.#waiting.clear();
    this.#lost();
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries++);
    this.#timer = setTimeout(() => this.connect(), wait * (0.75 + Math.random() / 2));
  }

  #hurry() {
    if (this.#socket?.readyState !== WebSocket.CLOSED) return;
    this.#tries = 0;
    this.connect();
  }
}
