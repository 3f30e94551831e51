#!/usr/bin/env bash
# From a fresh machine to the running app:  ./start.sh [flags]           the page on http://localhost:7860
#                                           ./start.sh rank --job … …    rank from the command line
#                                           ./start.sh read FILES…       show what is read of them
#                                           ./start.sh tune         learn from labels
#                                           ./start.sh eval DATA.jsonl   measure rankings on labelled data
#                                           ./start.sh user add|list|remove|password|admin NAME --users FILE   who may sign in
#                                           ./start.sh key add|list|remove NAME   which programs may use the HTTP API
#                                           ./start.sh doctor       what is fine on this machine, what is not, and what to do
#                                           ./start.sh backup FILE  everything that is stored, in one file; ./start.sh restore FILE brings it back
#                                           ./start.sh bundle FOLDER     a copy that installs without internet
# Relative paths are the caller's: only the installation below looks at this folder.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/scripts/environment.sh"
(cd "$here" && install requirements.txt) || exit 1
if [ "${1:-}" = bundle ]; then shift; exec "$here/scripts/make_offline_bundle.sh" "$@"; fi

# Gradio switches that would open this machine to others (GRADIO_VIBE_MODE even runs code) are not for personal data.
unset GRADIO_SHARE GRADIO_MCP_SERVER GRADIO_VIBE_MODE
export GRADIO_ANALYTICS_ENABLED=False HF_HUB_DISABLE_TELEMETRY=1 PYTHONUNBUFFERED=1

python="$here/.venv/bin/python"
run_module() { PYTHONPATH=$here exec "$python" -P -m "$@"; } # -P: no module is taken from the caller's folder

case "${1:-}" in
    eval) shift; run_module evaluation.command "$@" ;;
    tune) shift; exec "$python" "$here/feedback_tune.py" "$@" ;;
    key) shift; run_module server.auth.key_command "$@" ;;
    user) shift; run_module server.auth.user_command "$@" ;;
    doctor) shift; run_module service.doctor.command "$@" ;;
    backup | restore) run_module service.backup.command "$@" ;;
    rank | read) exec "$python" "$here/cli.py" "$@" ;;
    *) exec "$python" "$here/app.py" "$@" ;;
esac
