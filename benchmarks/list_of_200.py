"""Print how a list of 200 people handles:  python benchmarks/list_of_200.py [--people 200] [--pictures FOLDER]

Stores a ranking of invented people, opens it from the history in headless Chromium at 1366×768, and prints how long it takes to open the
list, to open a candidate, to search and to show more, how many elements the page has, how many bytes the server sends for each, and the
processor time of the browser's main thread. Before that it prints what the server needs for one rendering. Other times are wall-clock.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.renderer import Renderer
from feedback.store.recording import as_run
from feedback.store.store import FILE_NAME, Store
from preprocess.document import Resume
from preprocess.person import person_of
from reranker.engine import Query
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking, Row
from service.listing.introduction import introduction
from service.listing.listing import Listing
from service.run_state import RunState
from tests.browser.steps import CHROMIUM, QUIET, open_tab
from tests.engines import engine_info
from tests.server.process import app_process
from ui.session import Session
from ui.session_parts import View, Visitor
from ui.tabs.rank_contents import board_of

MUSTS = ["五年以上财务工作经验", "熟悉用友或金蝶", "独立完成月结与年结", "本科及以上学历", "中级会计职称", "熟悉增值税与企业所得税申报"]
NICE = ["有制造业成本核算经验", "英语可作工作语言"]
_LINES = [
    "负责集团三家子公司的总账核算、月结与年结，月结周期由 8 个工作日缩短到 4 个工作日。",
    "使用用友 U8 与金蝶 EAS 完成凭证、往来与固定资产核算，年度审计零调整。",
    "负责增值税、企业所得税的申报与汇算清缴，连续六年纳税信用评级 A 级。",
    "编制合并报表与管理报表，发现毛利率异常偏差 12 项并推动整改，年节约成本 310 万元。",
    "牵头客户信用政策与账龄预警，应收账款逾期占比由 14% 下降到 5%，收回欠款 680 万元。",
    "搭建标准成本体系，把材料差异、人工差异与制造费用差异按月拆到车间。",
]
SURNAMES = "林陈周许何宋沈韩罗蒋唐冯顾陆程袁邓曹彭吕"
GIVEN = "晓屿叙朝砚闻嘉沛牧晚见锐知承予安若清远宁"
_TITLES = "总账会计 财务主管 成本会计 税务会计 财务经理 应收会计 出纳 财务分析师".split()
_FIRMS = "东港精密制造有限公司 裕和进出口 海陵集团 青梧科技 中原优品商贸 锦程软件 云杉生活 半山数字科技".split()


def resume(number: int) -> Resume:
    """Return the resume of an invented person, different for each number."""
    dice = random.Random(number)
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    since = dice.randint(2012, 2024)
    lines = "\n".join(f"- {line}" for line in dice.sample(_LINES, 5))
    text = (
        f"{name}\n求职意向：财务\n电话：138-0000-{number:04d}\n教育背景\n甬江财经学院  会计学 {dice.choice(['本科', '硕士', '大专'])}  "
        f"{since - 4}.09 – {since}.06\n工作经历\n{dice.choice(_FIRMS)}  {dice.choice(_TITLES)}  {since}.07 – 至今\n{lines}\n"
        f"自我评价\n做事细心，编号 {number}，愿意出差。\n" + "参与业务部门的日常沟通，整理单据与台账。\n" * 20
    )
    file = f"{name}_{dice.choice(['简历', '财务', '应聘'])}.{dice.choice(['pdf', 'docx', 'txt'])}"
    return Resume(sha256(text.encode()).hexdigest(), file, text, person=person_of(text, file), files=(file,))


def match_points(text: str, dice: random.Random) -> tuple[MatchPoint, ...]:
    """Return points that quote lines of the text."""
    points = []
    for kind, requirement in [*(("must", must) for must in MUSTS), *(("nice", nice) for nice in NICE)]:
        status = dice.choices(["met", "partial", "missing"], [5, 2, 3])[0]
        line = dice.choice([line for line in text.split("\n") if line.startswith("- ")])
        start = text.index(line) if status != "missing" else 0
        quote = line if status != "missing" else ""
        points.append(MatchPoint(requirement, kind, status, quote, start, start + len(quote), dice.random()))
    return tuple(points)


def ranked(count: int) -> tuple[Ranking, list[Resume]]:
    """Return a finished ranking of so many people."""
    resumes = [resume(number) for number in range(1, count + 1)]
    order = random.Random(0).sample(range(1, count + 1), count)
    rows = [
        Row(
            rank,
            number,
            person.id,
            person.name,
            logit,
            None,
            {"logit": logit},
            match_points(person.text, random.Random(number)),
            (),
            0,
            rank,
        )
        for rank, number in enumerate(order, start=1)
        for person, logit in [(resumes[number - 1], 3.0 - 6.0 * rank / count)]
    ]
    return Ranking(tuple(rows), count, finished=True, timing={"score_s": 1.0, "explain_s": 1.0}), resumes


def spent_ms(work: Callable[[], object], times: int = 5) -> float:
    """Return the median processor time of some calls, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def on_the_server(ranking: Ranking, resumes: list[Resume]) -> None:
    """Print what the server spends on one rendering."""
    start = time.process_time()
    for person in resumes:
        introduction(person)
    print(f"introduction of a resume, once: {(time.process_time() - start) * 1000 / len(resumes):.1f} ms of processor time")
    run = RunState(query=QUERY, ranking=ranking, resumes=resumes, model=engine_info(name="m"), run_id=1)
    for said, listing in (
        ("first page", Listing()),
        ("all of them", Listing(shown=len(resumes))),
        ("searched for in all texts", Listing(search="编号 17")),
        ("sorted by years", Listing(sort="years")),
    ):
        session = Session(Visitor("zh"), run=run, view=View(listing=listing))
        size = len(board_of(session).encode())
        print(f"rendering, {said}: {spent_ms(lambda session=session: board_of(session)):.0f} ms, {size / 1000:.0f} kB")


QUERY = Query("任职要求：\n" + "\n".join(MUSTS + NICE), "neutral")


class Traffic:
    """Count the bytes that the page receives once they are unpacked, and what its renderer spends."""

    def __init__(self, session: CDPSession):
        self.received = 0
        self.renderer = Renderer(session)
        session.send("Network.enable")
        session.on("Network.dataReceived", self._on_data)

    def _on_data(self, event: dict[str, int]) -> None:
        self.received += event["dataLength"]


def step(page: Page, traffic: Traffic, said: str, act: Callable[[], object], until: str) -> None:
    """Do something in the page and print how long it takes until the expression `until` holds, and what the page then is."""
    before = traffic.received
    traffic.renderer.spent()
    page.evaluate(  # in the page, so that the driver's own time does not count
        "until => { window.begun = performance.now(); window.done = new Promise(resolve => { const look = () => "
        "eval(until) ? resolve(performance.now() - window.begun) : requestAnimationFrame(look); look(); }); }",
        until,
    )
    act()
    taken = page.evaluate("window.done")
    page.wait_for_timeout(300)
    nodes = page.evaluate("document.querySelectorAll('*').length")
    print(f"{said}: {taken:.0f} ms, {nodes} elements, {(traffic.received - before) / 1000:.0f} kB; {traffic.renderer.spent()}")


def in_the_browser(ranking: Ranking, resumes: list[Resume], pictures: Path | None) -> None:
    """Print how the list handles in a browser."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Store(Path(folder) / FILE_NAME)
        store.add_run(as_run(ranking, QUERY, resumes, engine_info(name="m"), at=time.time()))
        with (Path(folder) / "log").open("wb") as log, app_process(Path(folder), "--model", "embedded", output=log) as (address, _):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            page.goto(address)
            page.wait_for_function("sessionStorage.getItem('rr-tab')")
            traffic = Traffic(page.context.new_cdp_session(page))
            open_tab(page, "历史")
            page.locator("#rr-runs [data-action=open]").wait_for()
            rows = "document.querySelectorAll('.rr-list > li').length"
            step(page, traffic, "open the list", page.locator("#rr-runs [data-action=open]").click, f"{rows} > 0")
            page.wait_for_timeout(1000)
            if pictures:
                page.screenshot(path=pictures / "list_of_200.png")
            row = page.locator("button.rr-row[data-select]")
            step(page, traffic, "open a candidate", row.first.click, "document.querySelector('.rr-panel')")
            step(
                page,
                traffic,
                "the next by ↓",
                lambda: page.keyboard.press("ArrowDown"),
                "document.querySelector('.rr-place')?.innerText == 2",
            )
            step(page, traffic, "close", lambda: page.keyboard.press("Escape"), "!document.querySelector('.rr-panel')")
            box = page.locator("[data-list=search]")
            step(page, traffic, "search a text (200 ms of it waiting)", lambda: box.fill("编号 17"), f"{rows} < 50")
            step(page, traffic, "clear", page.locator(".rr-list-count [data-list-reset]").click, f"{rows} == 50")
            more = page.locator("[data-list-more]")
            for count in range(100, len(resumes) + 1, 50):
                step(page, traffic, "show more", more.click, f"{rows} == {count}")
            page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
            if pictures:
                page.screenshot(path=pictures / "list_of_200_end.png")
            step(page, traffic, "open the last of all", row.last.click, "document.querySelector('.rr-panel')")
            browser.close()


def main() -> None:
    """Measure a list of so many people on the server and in the browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the page")
    asked = parser.parse_args()
    ranking, resumes = ranked(asked.people)
    on_the_server(ranking, resumes)
    in_the_browser(ranking, resumes, asked.pictures)


if __name__ == "__main__":
    main()
