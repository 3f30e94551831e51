"""Score on servers behind HTTP: vLLM, SGLang, llama.cpp, whatever speaks a rerank route, or another copy of this app."""
