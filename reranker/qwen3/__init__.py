"""Score with Qwen3-Reranker on CUDA, MPS or CPU: the local engine."""
