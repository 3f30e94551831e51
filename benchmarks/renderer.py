"""Measure what the browser's main thread spends on a page: processor time, which hardly depends on what else the machine is doing."""

from playwright.sync_api import CDPSession

_SPENT = {"ScriptDuration": "script", "RecalcStyleDuration": "style", "LayoutDuration": "layout", "TaskDuration": "all"}


class Renderer:
    """Read the metrics of the page behind a session. Create it before the page is opened."""

    def __init__(self, session: CDPSession):
        self._session = session
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._last = self._read()

    def spent(self) -> str:
        """Return what was spent since the last call, or since the start."""
        last, self._last = self._last, self._read()
        return "processor ms: " + ", ".join(f"{said} {1000 * (self._last[name] - last[name]):.0f}" for name, said in _SPENT.items())

    def _read(self) -> dict[str, float]:
        return {metric["name"]: metric["value"] for metric in self._session.send("Performance.getMetrics")["metrics"]}
