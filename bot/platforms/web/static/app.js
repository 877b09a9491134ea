// The page: what Rung says goes to the right part of it, and what somebody does goes to Rung.

import { $, announce, isApple, isPhone } from "./dom.js";
import { listenToClicks } from "./clicks.js";
import { Composer } from "./composer.js";
import { askName, openForm } from "./dialogs.js";
import { Feed } from "./feed.js";
import { entriesOf, openPalette } from "./palette.js";
import { ThreadPanel } from "./threads.js";
import { listenToKeys } from "./shortcuts.js";
import { drawPeople, drawPlaces, drawYou, setUpDrawer, shownName } from "./sidebar.js";
import { Socket } from "./socket.js";
import { foundTheWay, knowsTheWay, markRead, readMarks, remember, secret, whoAmI } from "./storage.js";
import { complain, showAway, toast } from "./toasts.js";
import { drawTips, welcomeNode } from "./welcome.js";

const WORKING_MS = 500;

class App {
  me = null;
  people = [];
  places = new Map();
  commands = [];
  current = "";
  #greeting = null;
  #release = "";

  constructor() {
    this.socket = new Socket((news) => this.#hear(news), () => this.me && showAway(() => this.socket.connect()));
    this.drawer = setUpDrawer();
    const acts = this.#acts();
    this.feed = new Feed($("#feed"), { older: (before) => this.#older(before) });
    this.composer = new Composer($("#composer"), "line", acts);
    this.thread = new ThreadPanel(acts, this);
    for (const root of [$("#feed"), $("#tips")]) listenToClicks(root, acts);
    listenToClicks($("#thread-feed"), { ...acts, fill: (line) => this.thread.composer.fill(line) });
    $("#open-palette").addEventListener("click", () => this.palette());
    $("#jump-key").textContent = isApple ? "⌘ K" : "Ctrl K";
    addEventListener("hashchange", () => this.me && this.#followHash());
    addEventListener("focus", () => this.#seen());
    listenToKeys(this);
    this.socket.connect();
  }

  #acts() {
    return {
      commands: () => this.commands,
      send: (place, text) => this.#work(place, () => this.socket.request("say", { place, text })),
      check: async (text) => (await this.socket.request("check", { text }).catch(() => ({ problem: "" }))).problem,
      suggest: async (place, { path, option, typed }) =>
        (await this.socket.request("suggest", { place, path, option, typed }).catch(() => ({ choices: [] }))).choices,
      click: (message, token, picked = null) => this.#do("click", { message, token, picked }),
      dismiss: (message) => this.#do("dismiss", { message }),
      startThread: (message) => this.#do("thread", { message }),
      showThread: (place) => this.thread.open(place),
      fill: (line) => this.composer.fill(line),
      run: (line) => this.#do("say", { place: this.current, text: line }),
      rename: () => this.#askName(false),
      open: (place) => this.open(place),
    };
  }

  // ---- what Rung says

  #hear(news) {
    if (news.push === "greeting") this.#greeted(news);
    else if (news.push === "people") drawPeople((this.people = news.people), this.me?.user);
    else if (!this.me) return; // what is said before one is in comes with the history
    else if (news.push === "entry") this.#entry(news.entry);
    else if (news.push === "thread") this.feed.setThread(news.message, news.thread);
    else if (news.push === "removed") [this.feed, this.thread.feed].forEach((feed) => feed.remove(news.message));
  }

  #greeted(greeting) {
    this.#greeting = greeting;
    const older = this.#release && this.#release !== greeting.release;
    this.#release = greeting.release;
    if (older) toast("Rung was updated.", "", { label: "Reload", run: () => location.reload() });
    const known = this.me ?? whoAmI();
    if (known) this.#join(known).then((wrong) => wrong && this.#askName(true, wrong));
    else this.#askName(true);
  }

  async #join({ name, organiser }) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    try {
      const welcome = await this.socket.request("hello", { name, organiser, zone, secret: secret() });
      remember({ name: welcome.you.name, organiser });
      this.#welcome(welcome);
      return "";
    } catch (error) {
      return error.message;
    }
  }

  #askName(first, wrong = "") {
    askName({ greeting: this.#greeting, me: this.me ?? whoAmI(), first, join: (who) => this.#join(who), wrong });
  }

  #welcome({ you, places, commands, people }) {
    const back = this.me?.user === you.user;
    Object.assign(this, { me: you, commands, people });
    document.body.dataset.me = you.user;
    const marks = readMarks(you.user);
    const state = (place) => ({ ...place, unread: 0, fresh: place.newest > (marks[place.id] ?? 0) });
    this.places = new Map(places.map((place) => [place.id, state(place)]));
    $("#app").inert = false;
    $("#banner").hidden = true;
    drawYou(you, this.#acts());
    drawPeople(people, you.user);
    if (back) this.#load(this.current, true);
    if (back) this.thread.reload();
    else this.#start();
  }

  // Somebody else sees other things: everything is fetched anew.
  #start() {
    const hash = location.hash;
    this.thread.close();
    this.current = "";
    history.replaceState(null, "", hash || location.pathname);
    this.#followHash();
  }

  #entry(entry) {
    const mine = entry.author === this.me.user || Boolean(entry.private) || entry.asked?.name === this.me.name;
    if (entry.place === this.current) this.#show(entry, mine);
    else if (entry.place === this.thread.place) this.thread.put(entry, mine);
    else if (this.places.has(entry.place) && !entry.edited && !mine) this.#count(entry.place);
    if (this.feed.has(entry.id) && entry.place === this.current) this.#seen();
    if (entry.author !== this.me.user) announce(`${entry.name}: ${entry.summary}`);
  }

  #show(entry, mine) {
    const empty = this.feed.empty;
    this.feed.put(entry, mine);
    if (empty) this.#drawTop();
  }

  #count(place) {
    this.places.get(place).unread += 1;
    this.#drawPlaces();
  }

  // ---- places

  #followHash() {
    const [place, thread] = decodeURIComponent(location.hash.slice(1)).split("/");
    const known = this.places.has(place) ? place : this.places.keys().next().value;
    if (known !== this.current) this.#load(known);
    if (thread && known === place) this.thread.open(`${place}/${thread}`);
  }

  open(place) {
    this.drawer.close();
    history.pushState(null, "", `#${place}`);
    this.thread.close();
    this.#load(place).then(() => isPhone() || this.composer.focus());
  }

  async #load(id, stay = false) {
    const place = this.places.get(id);
    const turned = this.current !== id;
    this.current = id;
    $("#place-name").textContent = shownName(place);
    $("#place-topic").textContent = place.topic;
    $("#feed").setAttribute("aria-label", `Messages in ${shownName(place)}`);
    if (turned) this.composer.open(id, `Write to ${shownName(place)}`);
    this.#drawPlaces();
    this.feed.expect();
    try {
      const found = await this.socket.request("open", { place: id });
      if (this.current !== id) return;
      this.feed.show(found, { stay });
      this.#drawTop();
      this.#seen();
    } catch (error) {
      complain(error);
    }
  }

  #drawTop() {
    const place = this.places.get(this.current);
    this.feed.top.replaceChildren(welcomeNode(place, this.feed.empty));
    drawTips($("#tips"), place, !this.feed.empty && !knowsTheWay(this.me.user), () => this.#foundTheWay());
  }

  #foundTheWay() {
    foundTheWay(this.me.user);
    $("#tips").hidden = true;
  }

  #drawPlaces() {
    drawPlaces(this.places, this.current, this.#acts());
  }

  #seen() {
    const place = this.places.get(this.current);
    if (!place || document.hidden) return;
    markRead(this.me.user, place.id, this.feed.newest);
    Object.assign(place, { unread: 0, fresh: false });
    this.#drawPlaces();
  }

  #older(before) {
    return this.socket.request("open", { place: this.current, before }).catch(complain);
  }

  // ---- what somebody does

  async #work(place, request) {
    const feed = place === this.thread.place ? this.thread.feed : this.feed;
    const timer = setTimeout(() => (feed.working.hidden = false), WORKING_MS);
    try {
      this.#took(await request());
      this.#foundTheWay();
    } finally {
      clearTimeout(timer);
      feed.working.hidden = true;
    }
  }

  async #do(what, data) {
    try {
      await this.#work(this.current, () => this.socket.request(what, data));
    } catch (error) {
      complain(error);
    }
  }

  #took(result) {
    if (result.form) openForm(result.form, (state, values) => this.#submit(state, values));
    if (result.thread) this.thread.open(result.thread);
  }

  async #submit(state, values) {
    const result = await this.socket.request("submit", { state, values });
    if (result.wrong) return result;
    this.#took(result);
    return null;
  }

  palette() {
    openPalette(entriesOf(this, this.#acts()));
  }
}

new App();
