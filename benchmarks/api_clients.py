"""Run clients of other rerank services, as released, against a running server of ours, to see whether they read our answers.

Each package gets an environment of its own, for they clash with each other (three major versions of `cohere` alone), and needs the package
index to be installed. Nothing but the server is asked for scores. Exits with 1 if a client reads another order or other scores than curl.

    ./start.sh --host 127.0.0.1 --port 7860
    .venv/bin/python -m benchmarks.api_clients [--url http://127.0.0.1:7860] [--folder /tmp/api-clients] [NAME …]
"""

import argparse
import json
import os
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

QUERY = "Python backend engineer who runs Kubernetes"
DOCUMENTS = ["Cooks in a restaurant", "Python engineer since 2018, runs Kubernetes clusters", "Java developer, some Python"]
MOST_DIFFERENT = 1e-9

_COMMON = """
import json, os
url, key, query, documents = os.environ["URL"], os.environ["KEY"], os.environ["QUERY"], json.loads(os.environ["DOCUMENTS"])
def tell(what, results):
    print("RESULT", json.dumps([what, [[result[0], result[1]] for result in results]]))
"""

CLIENTS = {
    "cohere==7.3.1": """
import cohere
for kind, base in ((cohere.ClientV2, url), (cohere.Client, url), (cohere.ClientV2, f"{url}/v1")):
    answer = kind(api_key=key, base_url=base).rerank(model="rerank-v3.5", query=query, documents=documents)
    tell(f"cohere.{kind.__name__} {base.removeprefix(url)}", [(result.index, result.relevance_score) for result in answer.results])
""",
    "langchain-cohere==0.6.0": """
from langchain_cohere import CohereRerank
ranker = CohereRerank(model="rerank-v3.5", cohere_api_key=key, base_url=url)
tell("langchain_cohere.CohereRerank", [(result["index"], result["relevance_score"]) for result in ranker.rerank(documents, query)])
""",
    "llama-index-postprocessor-cohere-rerank==0.10.0": """
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.postprocessor.cohere_rerank import CohereRerank
nodes = [NodeWithScore(node=TextNode(text=text, id_=str(index))) for index, text in enumerate(documents)]
ranked = CohereRerank(top_n=3, api_key=key, base_url=url).postprocess_nodes(nodes, query_str=query)
tell("llama_index CohereRerank", [(int(result.node.id_), result.score) for result in ranked])
""",
    "cohere-haystack==11.0.0": """
from haystack import Document
from haystack.utils import Secret
from haystack_integrations.components.rankers.cohere import CohereRanker
ranker = CohereRanker(api_key=Secret.from_token(key), api_base_url=url)
ranked = ranker.run(query, [Document(content=text, meta={"index": index}) for index, text in enumerate(documents)])["documents"]
tell("haystack CohereRanker", [(result.meta["index"], result.score) for result in ranked])
""",
    "litellm==1.110.2": """
import litellm
bases = {"cohere": url, "hosted_vllm": url, "huggingface": url, "jina_ai": f"{url}/v1/rerank", "infinity": f"{url}/infinity"}
for provider, base in bases.items():
    about = {"model": f"{provider}/reranker", "query": query, "documents": documents, "api_base": base, "api_key": key}
    results = litellm.rerank(**about, return_documents=True).results
    assert all(documents[result["index"]] == result["document"]["text"] for result in results if provider != "cohere"), results
    tell(f"litellm {provider}", [(result["index"], result["relevance_score"]) for result in results])
""",
}


def main() -> int:
    """Run the clients and print a line for each; return 1 if one reads something else than curl would."""
    parser = argparse.ArgumentParser(description="Compare what clients of other services read with our own answer.")
    parser.add_argument("names", nargs="*", help="packages (default: all)")
    parser.add_argument("--url", default="http://127.0.0.1:7860")
    parser.add_argument("--key", default="none", help="a key of ./start.sh key add; without keys on the server any")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/api-clients"))
    options = parser.parse_args()
    expected = _expected(options.url, options.key)
    wrong = 0
    for package, program in CLIENTS.items():
        if not options.names or package.partition("==")[0] in options.names:
            for what, results in _results(package, program, options):
                is_right = [index for index, _ in results] == [index for index, _ in expected] and all(
                    abs(score - right) <= MOST_DIFFERENT for (_, score), (_, right) in zip(results, expected, strict=True)
                )
                wrong += not is_right
                print(f"{package:50} {what:40} {'same as curl' if is_right else f'DIFFERS: {results}'}", flush=True)
    return 1 if wrong else 0


def _expected(url: str, key: str) -> list[tuple[int, float]]:
    """Return index and score as the route itself gives them."""
    body = json.dumps({"query": QUERY, "documents": DOCUMENTS}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/v1/rerank", body, headers), timeout=300) as answer:
        return [(result["index"], result["relevance_score"]) for result in json.load(answer)["results"]]


def _results(package: str, program: str, options: argparse.Namespace) -> list[tuple[str, list[tuple[int, float]]]]:
    """Install the package if it is not there yet, and return what its client read."""
    folder: Path = options.folder / package.partition("==")[0]
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    if subprocess.run([python, "-m", "pip", "install", "-q", package]).returncode:
        print(f"{package:50} could not be installed", flush=True)
        return [(package, [])]
    asked = {"URL": options.url, "KEY": options.key, "QUERY": QUERY, "DOCUMENTS": json.dumps(DOCUMENTS)}
    environment = {**os.environ, **asked, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "HAYSTACK_TELEMETRY_ENABLED": "False"}
    done = subprocess.run([python, "-c", _COMMON + program], env=environment, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
    lines = [json.loads(line.removeprefix("RESULT ")) for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    return [(what, results) for what, results in lines] or [(package, [])]


if __name__ == "__main__":
    sys.exit(main())
