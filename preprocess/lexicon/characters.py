"""Chinese characters, bullets, dots in names and ends of sentences, as pieces of character classes; and how wide a text is."""

import re
from functools import cache

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for use inside a character class: the basic block and its extensions, in which names like 𠮷野 and 㑇 are written."""

CHINESE_NUMERALS = "一二三四五六七八九十"

BULLETS = "•●○◦■□▪▫◆◇❖❑◻➢➤➣►▶▸‣⁃∙✓✔★☆※♦"
"""Signs that, at the start of a line, are nothing but bullets."""
LIST_MARKS = rf"\-–—·*{BULLETS}"
"""Bullets, and what is one only before a space or in a list of its own: dashes, middle dots, stars. For use inside a character class."""

NAME_DOTS = "·•‧・"
"""Between the parts of names like 阿依古丽·买买提."""

SENTENCE_END = "。！？；!?;"
"""Marks that end a sentence wherever they stand; a full stop does not (3.5, Node.js). For use inside a character class."""
ENGLISH_SENTENCE_END = re.compile(r"(?<=[a-z\d)\]%][.?!])\s+(?=[A-Z])")
"""The space between two English sentences."""

# Traditional characters with their simplified ones: those of headings, of field labels, and of what people write to a scoring program.
_TRADITIONAL_LIST = """
經经 歷历 曆历 驗验 項项 務务 實实 習习 踐践 學学 業业 職职 專专 長长 證证 書书 資资 質质 獎奖 獲获 榮荣 譽誉 勵励 語语 興兴 愛爱 評评
價价 紹绍 簡简 優优 勢势 個个 訊讯 聯联 繫系 絡络 電电 話话 機机 號号 碼码 郵邮 編编 現现 戶户 貫贯 國国 齡龄 別别 狀状 況况 態态 體体
視视 護护 緊紧 黨党 團团 眾众 崗岗 應应 請请 願愿 標标 規规 劃划 發发 總总 結结 綜综 陳陈 點点 競竞 爭争 賽赛 領领 導导 幹干 會会 動动
課课 設设 計计 畢毕 論论 軟软 術术 開开 貢贡 獻献 類类 級级 執执 認认 薦荐 備备 註注 錄录 補补 說说 環环 責责 績绩 難难 選选 構构 關关
鍵键 離离 時时 間间 單单 門门 稱称 網网 頁页 鏈链 連连 訓训 進进 續续 參参 與与 範范 圍围 讀读 寫写 師师 員员 傳传 歲岁 週周 駕驾 數数
據据 庫库 處处 內内 後后 於于 從从 當当 隊队 產产 際际 灣湾 區区 縣县 鄉乡 達达 擇择 條条 辦办 閱阅 攝摄 樂乐 運运 檔档 額额 維维 創创
練练 調调 試试 問问 題题 識识 顧顾 銷销 獨独 權权 臺台 種种 聽听 親亲 屬属 婦妇 滿满 無无 須须 讓让 並并 過过 準准 東东 們们 審审 將将
這这 對对 為为 給给 來来 僅仅 絕绝 則则 雙双 顯显 斷断 節节 慶庆 歡欢 場场 稅税 財财 鑒鉴 鑑鉴 養养 醫医 藥药 療疗 藝艺 樓楼 貼贴 遷迁
隨随 極极 縱纵 遠远 擔担 聲声 夥伙 擬拟 佈布 賬账 帳账 劇剧 濟济 貿贸 營营 屆届 邊边 雖虽 積积 緒绪 蹟迹 億亿 萬万 負负 協协 帶带 憑凭
檢检 測测 廠厂 線线 圖图 雲云 華华 靜静 龍龙 約约 簽签 載载 紮扎
"""
_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _TRADITIONAL_LIST.split()})
_CJK = re.compile(f"[{CJK}]")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003ffff]")


def has_cjk(text: str) -> bool:
    """Return whether a Chinese character stands anywhere in the text."""
    return _CJK.search(text) is not None


def is_cjk(character: str) -> bool:
    """Return whether this is one Chinese character; "" is none."""
    return _CJK.fullmatch(character) is not None


def simplified(text: str) -> str:
    """Return the text with the traditional characters of the vocabulary as simplified ones; for comparing, no conversion of a text."""
    return text.translate(_SIMPLIFIED)


def in_either_script(word: str) -> str:
    """Return a pattern that matches a word in simplified and in traditional characters."""
    return "".join(f"[{character}{other}]" if (other := _traditional().get(character)) else re.escape(character) for character in word)


def width(text: str) -> int:
    """Return the width in half ems: two for a Chinese character or full-width mark, one for a letter."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


@cache
def _traditional() -> dict[str, str]:
    """Simplified character → its traditional forms."""
    forms: dict[str, str] = {}
    for traditional, simple in _TRADITIONAL_LIST.split():
        forms[simple] = forms.get(simple, "") + traditional
    return forms
