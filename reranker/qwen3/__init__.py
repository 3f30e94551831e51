"""The local engine: Qwen3-Reranker on CUDA, MPS or CPU."""
