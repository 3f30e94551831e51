"""deploy/compose.vllm.yaml: what the files of this folder must agree on. Docker itself is not run."""

import re
from pathlib import Path

import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
SERVICES = yaml.safe_load((DEPLOY / "compose.vllm.yaml").read_text("utf-8"))["services"]
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")


def test_nginx_knows_each_server_and_the_app_knows_nginx():
    ports = sorted(service["command"][1] for name, service in SERVICES.items() if name.startswith("vllm"))
    assert ports == sorted(re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX)) and len(ports) == 2
    assert SERVICES["app"]["environment"]["RERANKER_MODEL"] == f"http://nginx:{re.findall(r'^ +listen (.*);', NGINX, re.MULTILINE)[0]}"


def test_each_server_has_a_gpu_and_is_reached_through_nginx_only():
    servers = [service for name, service in SERVICES.items() if name.startswith("vllm")]
    devices = [service["deploy"]["resources"]["reservations"]["devices"][0]["device_ids"] for service in servers]
    assert sorted(devices) == [["0"], ["1"]]
    assert all(service["network_mode"] == "service:nginx" and service["environment"]["HOST"] == "127.0.0.1" for service in servers)
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["app"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["app"]["ports"])
    assert (DEPLOY / servers[0]["entrypoint"][0].removeprefix("/deploy/")).is_file()
