# Rung in a container: what it needs is installed by hash in one stage, the bot runs without privileges in the other.
FROM python:3.13-slim AS packages
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/rung \
    && /opt/rung/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.lock

FROM python:3.13-slim
ENV PATH=/opt/rung/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    RUNG_WEB_HOST=0.0.0.0
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin rung \
    && mkdir -p /app/data \
    && chown rung /app/data
WORKDIR /app
COPY --from=packages /opt/rung /opt/rung
COPY LICENSE ./
COPY migrations ./migrations
COPY bot ./bot
COPY cogs ./cogs
USER rung
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "doctor", "--quick"]
CMD ["python", "-m", "bot", "run"]
