#!/usr/bin/env bash
# From a fresh machine to the running app:  ./start.sh [flags]           the page on http://localhost:7860
#                                           ./start.sh rank --job … …    rank from the command line
#                                           ./start.sh read FILES…       show what is read of them
#                                           ./start.sh tune         learn from labels
#                                           ./start.sh eval DATA.jsonl   measure rankings on labelled data
#                                           ./start.sh user add NAME --users FILE   who may sign in to the page
set -u
cd "$(dirname "$0")" || exit 1
. scripts/environment.sh
install requirements.txt

# Gradio switches that would open this machine to others (GRADIO_VIBE_MODE even runs code) are not for personal data.
unset GRADIO_SHARE GRADIO_MCP_SERVER GRADIO_VIBE_MODE
export GRADIO_ANALYTICS_ENABLED=False HF_HUB_DISABLE_TELEMETRY=1 PYTHONUNBUFFERED=1

case "${1:-}" in
    eval) shift; exec .venv/bin/python -m evaluation.command "$@" ;;
    tune) shift; exec .venv/bin/python feedback_tune.py "$@" ;;
    user) shift; exec .venv/bin/python -m server.auth.accounts "$@" ;;
    rank | read) exec .venv/bin/python cli.py "$@" ;;
    *) exec .venv/bin/python app.py "$@" ;;
esac
