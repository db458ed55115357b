"""Cerebros runner: proposes trials, records their results to MLflow. Standard library only, so that it
starts from a plain Python image without a package index. Its metric is a stand-in for real training."""

import json
import math
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = int(os.environ.get("PORT", "8088"))
TRACKER = os.environ.get("MLFLOW_TRACKING_URI", "").rstrip("/")
EXPERIMENT = os.environ.get("MLFLOW_EXPERIMENT_NAME", "thunderline-demo")
BODY_LIMIT = 1 << 20
DEFAULT_SPACE = {"learning_rate": {"min": 1e-4, "max": 1e-1, "log": True}, "layers": [1, 2, 3, 4], "dropout": {"min": 0.0, "max": 0.5}}


class BadRequest(Exception):
    pass


def mlflow(method, path, body):
    """Calls the tracker; None where there is none or it does not answer, since a trial outlives its record."""
    if not TRACKER:
        return None
    query = "?" + urllib.parse.urlencode(body) if method == "GET" else ""
    request = urllib.request.Request(
        f"{TRACKER}/api/2.0/mlflow/{path}{query}",
        method=method,
        data=None if method == "GET" else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        print(f"mlflow {path}: {error}", file=sys.stderr)
        return None


def experiment_id():
    found = mlflow("GET", "experiments/get-by-name", {"experiment_name": EXPERIMENT})
    if found:
        return found["experiment"]["experiment_id"]
    made = mlflow("POST", "experiments/create", {"name": EXPERIMENT})
    return made and made["experiment_id"]


def start_run(name):
    experiment = experiment_id()
    made = experiment and mlflow("POST", "runs/create", {"experiment_id": experiment, "start_time": now(), "tags": [{"key": "mlflow.runName", "value": name}]})
    return made["run"]["info"]["run_id"] if made else None


def record(run, params, metrics):
    if run:
        mlflow("POST", "runs/log-batch", {
            "run_id": run,
            "params": [{"key": key, "value": str(value)} for key, value in params.items()],
            "metrics": [{"key": key, "value": float(value), "timestamp": now(), "step": 0} for key, value in metrics.items()],
        })


def finish(run, status):
    if run:
        mlflow("POST", "runs/update", {"run_id": run, "status": status, "end_time": now()})


def now():
    return int(time.time() * 1000)


def field(body, name, kind, fallback=None):
    value = body.get(name, fallback)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadRequest(f"`{name}` must be of type {kind.__name__}")
    return value


def numbers(body, name):
    values = field(body, name, dict, {})
    if not all(isinstance(value, (int, float)) for value in values.values()):
        raise BadRequest(f"`{name}` must hold numbers")
    return values


def draw(name, choice):
    if isinstance(choice, list) and choice:
        return random.choice(choice)
    try:
        low, high = float(choice["min"]), float(choice["max"])
        return math.exp(random.uniform(math.log(low), math.log(high))) if choice.get("log") else random.uniform(low, high)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadRequest(f"`space.{name}` must be a list, or min and max (above 0 with log)") from None


def propose(body):
    run_id, k, space = field(body, "run_id", str), field(body, "k", int, 1), field(body, "space", dict, DEFAULT_SPACE)
    if not 1 <= k <= 64:
        raise BadRequest("`k` must be from 1 to 64")
    trials = [{"trial_id": str(uuid.uuid4()), "params": {name: draw(name, choice) for name, choice in space.items()}} for _ in range(k)]
    return {"run_id": run_id, "trials": trials}


def train(body):
    trial_id, params = field(body, "trial_id", str), field(body, "params", dict, {})
    score = random.Random(json.dumps(params, sort_keys=True)).random()
    run = start_run(trial_id)
    record(run, params, {"score": score})
    finish(run, "FINISHED")
    return {"trial_id": trial_id, "metrics": {"score": score}, "mlflow_run_id": run}


def bridge_start(body):
    run_id = field(body, "run_id", str)
    return {"run_id": run_id, "mlflow_run_id": start_run(run_id)}


def bridge_record(body):
    run = field(body, "mlflow_run_id", str)
    record(run, field(body, "params", dict, {}), numbers(body, "metrics"))
    return {"mlflow_run_id": run, "recorded": True}


def bridge_finalize(body):
    run, status = field(body, "mlflow_run_id", str), field(body, "status", str, "FINISHED")
    if status not in ("FINISHED", "FAILED", "KILLED"):
        raise BadRequest("`status` must be FINISHED, FAILED or KILLED")
    finish(run, status)
    return {"mlflow_run_id": run, "status": status}


ROUTES = {"/propose": propose, "/train": train, "/bridge/start": bridge_start, "/bridge/record": bridge_record, "/bridge/finalize": bridge_finalize}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/healthz":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "not found"})

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > BODY_LIMIT:
            self.close_connection = True
            return self.answer(413, {"error": f"send Content-Length, at most {BODY_LIMIT}"})
        text = self.rfile.read(int(length))
        route = ROUTES.get(self.path)
        if route is None:
            return self.answer(404, {"error": "not found"})
        try:
            body = json.loads(text or b"{}")
            if not isinstance(body, dict):
                raise BadRequest("the body must be an object")
            self.answer(200, route(body))
        except (BadRequest, ValueError) as error:
            self.answer(422, {"error": str(error)})

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, message, *arguments):
        if getattr(self, "path", "") != "/healthz":
            super().log_message(message, *arguments)


if __name__ == "__main__":
    print(f"listening on {PORT}, tracker {TRACKER or 'none'}", flush=True)
    ThreadingHTTPServer(("0.0.0.0", PORT), Handler).serve_forever()
