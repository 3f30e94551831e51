#!/usr/bin/env bash
# Serve Qwen3-Reranker with vLLM on one GPU:  ./serve.sh [MODEL [PORT]]
# Several GPUs: once for each, with CUDA_VISIBLE_DEVICES=0, 1, … and a port of its own, behind ../nginx.conf.
# All of --runner, --hf-overrides and --chat-template are needed: without them vLLM scores near random and only warns.
set -eu
model=${1:-Qwen/Qwen3-Reranker-0.6B}
port=${2:-8000}
here=$(cd "$(dirname "$0")" && pwd)
export VLLM_NO_USAGE_STATS=1 DO_NOT_TRACK=1
exec ${VLLM:-vllm serve} "$model" \
    --host "${HOST:-127.0.0.1}" --port "$port" \
    --served-model-name qwen3-reranker \
    --runner pooling \
    --max-model-len "${MAX_MODEL_LEN:-32768}" \
    --enable-prefix-caching \
    --hf-overrides '{"architectures": ["Qwen3ForSequenceClassification"], "classifier_from_token": ["no", "yes"], "is_original_qwen3_reranker": true}' \
    --chat-template "$here/qwen3-reranker.jinja" \
    ${EXTRA_ARGUMENTS:-}
