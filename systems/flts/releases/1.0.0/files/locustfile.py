"""Load on the inference API: mostly predictions, some health checks, some downloads of the promoted model's pointer.

Everything that differs between environments comes by environment variables.
"""

import logging
import math
import os
import random
import time
from datetime import datetime, timedelta, timezone

import requests
from locust import FastHttpUser, between, events, task
from locust.runners import WorkerRunner

TARGET_HOST = os.environ.get("TARGET_HOST", "http://localhost")
PREDICT_URL = os.environ.get("PREDICT_URL", f"{TARGET_HOST}/predict")
GATEWAY_BASE = os.environ.get("GATEWAY_BASE", TARGET_HOST)
ENDPOINT_DOWNLOAD = os.environ.get("ENDPOINT_DOWNLOAD", f"{GATEWAY_BASE}/download/model-promotion/current.json")
LOG_FILE = os.environ.get("LOG_FILE", "/tmp/locust.log")
PAYLOAD_MODE = os.environ.get("PREDICT_PAYLOAD_MODE", "synthetic")

ROWS = 30
FORECAST_LENGTH = 10
MODEL_TIMEOUT_SECONDS = 300
# Ranges of what a cell of the network reports; each column is a daily wave with noise on it.
COLUMNS = {
    "down": (1e6, 5e7),
    "up": (1e5, 5e6),
    "rnti_count": (10, 400),
    "mcs_down": (2, 27),
    "mcs_down_var": (0, 60),
    "mcs_up": (2, 27),
    "mcs_up_var": (0, 60),
    "rb_down": (0, 0.6),
    "rb_down_var": (0, 1e-4),
    "rb_up": (0, 0.2),
    "rb_up_var": (0, 1e-4),
}


def switched_on(name: str) -> bool:
    return os.environ.get(name, "0").strip().lower() in {"1", "true", "yes", "on"}


def whole_number(name: str) -> int:
    text = os.environ.get(name, "0").strip()
    return int(text) if text.isdigit() else 0


log = logging.getLogger("flts.load")
logging.getLogger().addHandler(logging.FileHandler(LOG_FILE))


def wave(low: float, high: float, minute: int, constant: bool) -> float:
    middle, height = (low + high) / 2, (high - low) / 4
    noise = 0.0 if constant else random.uniform(-height / 2, height / 2)
    return round(middle + height * math.sin(2 * math.pi * minute / 1440) + noise, 6)


def payload() -> dict:
    # With the cache of predictions on, equal requests are what tests it.
    constant = PAYLOAD_MODE != "synthetic" or switched_on("LOCUST_ENABLE_PREDICT_CACHE")
    start = datetime(2024, 1, 1, tzinfo=timezone.utc) if constant else datetime.now(timezone.utc) - timedelta(minutes=ROWS)
    data: dict = {"ts": [(start + timedelta(minutes=row)).strftime("%Y-%m-%d %H:%M:%S") for row in range(ROWS)]}
    first = start.hour * 60 + start.minute
    for column, (low, high) in COLUMNS.items():
        data[column] = [wave(low, high, first + row, constant) for row in range(ROWS)]
    return {"index_col": "ts", "inference_length": FORECAST_LENGTH, "data": data}


@events.test_start.add_listener
def prepare(environment, **_):
    # Workers are told by their master when to begin; only it looks whether there is something to load.
    if isinstance(environment.runner, WorkerRunner):
        return
    if not switched_on("LOCUST_PREFLIGHT_DISABLE"):
        requests.get(f"{TARGET_HOST}/healthz", timeout=10).raise_for_status()
    if switched_on("LOCUST_WAIT_FOR_MODEL"):
        wait_for_model()
    if not switched_on("PREDICT_WARMUP_DISABLE"):
        answer = requests.post(PREDICT_URL, json=payload(), timeout=60)
        log.info("warmed up: status %s", answer.status_code)


def wait_for_model() -> None:
    deadline = time.monotonic() + MODEL_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{TARGET_HOST}/ready", timeout=5).ok:
                return
        except requests.RequestException as error:
            log.info("not yet ready: %s", error)
        time.sleep(5)
    log.warning("no model after %s seconds; loading anyway", MODEL_TIMEOUT_SECONDS)


class ForecastUser(FastHttpUser):
    host = TARGET_HOST
    wait_time = between(0.1, 1.0)

    @task(80)
    def predict(self) -> None:
        for _ in range(1 + whole_number("KAFKA_BURST")):
            with self.client.post(PREDICT_URL, json=payload(), name="predict", catch_response=True) as answer:
                # Without a model and with a full queue the API says so; neither is an error of the load.
                if answer.status_code in (429, 503):
                    answer.failure(f"busy or without a model: {answer.status_code}")

    @task(10)
    def health(self) -> None:
        self.client.get("/healthz", name="healthz")

    @task(10)
    def download(self) -> None:
        self.client.get(ENDPOINT_DOWNLOAD, name="download current.json")
