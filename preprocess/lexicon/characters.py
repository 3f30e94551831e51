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

# Traditional characters with their simplified ones: those of headings, field labels, degrees, schools, languages, certificates and trades,
# and of what people write to a scoring program. 著, 乾 and the like, which are simplified characters too, stay.
_TRADITIONAL_LIST = """
經经 歷历 曆历 驗验 項项 務务 實实 習习 踐践 學学 業业 職职 專专 長长 證证 書书 資资 質质 獎奖 獲获 榮荣 譽誉 勵励 語语 興兴 愛爱
評评 價价 紹绍 簡简 優优 勢势 個个 訊讯 聯联 繫系 絡络 電电 話话 機机 號号 碼码 郵邮 編编 現现 戶户 貫贯 國国 齡龄 別别 狀状 況况
態态 體体 視视 護护 緊紧 黨党 團团 眾众 崗岗 應应 請请 願愿 標标 規规 劃划 發发 總总 結结 綜综 陳陈 點点 競竞 爭争 賽赛 領领 導导
幹干 會会 動动 課课 設设 計计 畢毕 論论 軟软 術术 開开 貢贡 獻献 類类 級级 執执 認认 薦荐 備备 註注 錄录 補补 說说 環环 責责 績绩
難难 選选 構构 關关 鍵键 離离 時时 間间 單单 門门 稱称 網网 頁页 鏈链 連连 訓训 進进 續续 參参 與与 範范 圍围 讀读 寫写 師师 員员
傳传 歲岁 週周 駕驾 數数 據据 庫库 處处 內内 後后 於于 從从 當当 隊队 產产 際际 灣湾 區区 縣县 鄉乡 達达 擇择 條条 辦办 閱阅 攝摄
樂乐 運运 檔档 額额 維维 創创 練练 調调 試试 問问 題题 識识 顧顾 銷销 獨独 權权 臺台 種种 聽听 親亲 屬属 婦妇 滿满 無无 須须 讓让
並并 過过 準准 東东 們们 審审 將将 這这 對对 為为 給给 來来 僅仅 絕绝 則则 雙双 顯显 斷断 節节 慶庆 歡欢 場场 稅税 財财 鑒鉴 鑑鉴
養养 醫医 藥药 療疗 藝艺 樓楼 貼贴 遷迁 隨随 極极 縱纵 遠远 擔担 聲声 夥伙 擬拟 佈布 賬账 帳账 劇剧 濟济 貿贸 營营 屆届 邊边 雖虽
積积 緒绪 蹟迹 億亿 萬万 負负 協协 帶带 憑凭 檢检 測测 廠厂 線线 圖图 雲云 華华 靜静 龍龙 碩硕 報报 係系 車车 貨货 漢汉 韓韩 築筑
廣广 儲储 沒没 還还 暫暂 勞劳 險险 監监 預预 獸兽 農农 園园 兒儿 繼继 歐欧 較较 強强 溝沟 冊册 統统 輸输 採采 購购 緬缅 馬马 羅罗
亞亚 蘭兰 義义 閩闽 粵粤 衛卫 勝胜 夠够 幾几 輔辅 嚴严 驅驱 轉转 臨临 譯译 氣气 繪绘 橋桥 鐵铁 輛辆 覺觉 遊游 廚厨 銀银 暢畅 託托
紅红 鋼钢 鉗钳 壓压 鍋锅 爐炉 寧宁 廈厦 蘇苏 鄭郑 陝陕 遼辽 貴贵 復复 頓顿 紐纽 飲饮 畫画 飛飞 輪轮 紡纺 織织 紗纱 裝装 飾饰 籃篮
魚鱼 漁渔 鳥鸟 豬猪 雞鸡 鴨鸭 麵面 麥麦 糧粮 釀酿 煙烟 燈灯 燒烧 熱热 濾滤 潔洁 淨净 滅灭 災灾 礦矿 鑽钻 鑄铸 鍛锻 鎖锁 鏡镜 鐘钟
針针 釘钉 銅铜 鋁铝 鋅锌 錫锡 鉻铬 鎂镁 鈦钛 礎础 磚砖 牆墙 壩坝 瀝沥 澤泽 濱滨 瀋沈 滬沪 濰潍 廬庐 廳厅 懷怀 戰战 戲戏 舊旧 舉举
艦舰 艙舱 舖铺 鋪铺 蟲虫 蠶蚕 蕭萧 蔣蒋 葉叶 莊庄 萊莱 薩萨 藍蓝 籌筹 簽签 籤签 糾纠 紀纪 約约 納纳 純纯 紙纸 細细 終终 組组 絲丝
綠绿 綱纲 綿绵 緻致 縮缩 繞绕 繳缴 繩绳 罰罚 聖圣 聞闻 聾聋 肅肃 脈脉 腦脑 腫肿 腎肾 膚肤 膠胶 臉脸 臟脏 齒齿 診诊 訂订 訪访 許许
訴诉 詞词 詢询 詩诗 誌志 誠诚 誤误 諮咨 諾诺 謀谋 講讲 謝谢 譜谱 讚赞 豐丰 貓猫 貝贝 販贩 買买 賣卖 貸贷 費费 賀贺 賓宾 賦赋 賴赖
贈赠 贊赞 趙赵 趕赶 趨趋 躍跃 軌轨 軍军 載载 輕轻 輝辉 輯辑 轄辖 遞递 遺遗 鄧邓 鄰邻 釋释 閉闭 閣阁 闆板 陸陆 陰阴 陽阳 階阶 隱隐
雜杂 霧雾 韻韵 頂顶 順顺 頻频 顆颗 風风 飯饭 飼饲 館馆 駐驻 騎骑 騰腾 鬆松 魯鲁 鮮鲜 鹽盐 鹼碱 麗丽 黃黄 齊齐 龜龟 倉仓 偉伟 側侧
債债 傷伤 僱雇 儀仪 儘尽 凍冻 凱凯 劍剑 劑剂 勻匀 匯汇 卻却 厲厉 吳吴 呂吕 嚮向 囑嘱 塗涂 塊块 墊垫 墾垦 壇坛 壯壮 壽寿 夢梦 奪夺
奧奥 奬奖 妝妆 婁娄 媽妈 嬰婴 孫孙 宮宫 寢寝 寬宽 寶宝 尋寻 層层 屜屉 島岛 峽峡 嶺岭 巖岩 幣币 幫帮 廢废 張张 彈弹 彎弯 彙汇 徑径
徵征 慣惯 憂忧 憲宪 拋抛 掃扫 掛挂 損损 搶抢 撥拨 撫抚 撲扑 擊击 擴扩 擾扰 攔拦 敗败 敘叙 敵敌 暈晕 曉晓 柵栅 桿杆 楊杨 樁桩 樑梁
樹树 橫横 櫃柜 欄栏 殘残 殺杀 毀毁 氫氢 氬氩 決决 淚泪 湯汤 溫温 滯滞 漲涨 漸渐 潛潜 潤润 濕湿 瀏浏 烏乌 爺爷 牽牵 狹狭 獅狮 瑪玛
瓊琼 瘋疯 皺皱 盤盘 盧卢 矯矫 硯砚 確确 礙碍 禮礼 禪禅 禦御 穩稳 窮穷 窩窝 筆笔 緣缘 纖纤 罷罢 腳脚 艱艰 裏里 裡里 複复 襯衬 見见
觀观 討讨 詳详 談谈 議议 貧贫 貯贮 賠赔 蹤踪 軸轴 轎轿 辭辞 遙遥 適适 醬酱 釣钓 鈔钞 鉛铅 鋰锂 鋸锯 錢钱 錯错 鎮镇 隻只 頭头 顏颜
飄飘 駛驶 驢驴 髮发 鬥斗 麼么 孃娘 麪面 卹恤 淩凌 籲吁 嘆叹 傑杰 瑋玮 昇升 堯尧 兩两 啟启 啓启 喪丧 嘗尝 圓圆 堅坚 墜坠 聰聪 妳你
陣阵 驚惊 鳳凤 鴻鸿 鷹鹰 徹彻 恆恒 悅悦 惡恶 慮虑 懇恳 懶懒 擁拥 擋挡 攜携 敎教 毆殴 沖冲 溼湿 澆浇 濃浓 瀉泻 灑洒 爛烂 牠它 犧牺
瑣琐 畝亩 疊叠 盜盗 睏困 瞭了 禍祸 穀谷 紋纹 紛纷 絨绒 綁绑 緩缓 緯纬 膽胆 蓋盖 蝦虾 衝冲 褲裤 襲袭 覽览 該该 誰谁 諧谐 變变 豎竖
貪贪 賞赏 轟轰 迴回 違违 遲迟 邁迈 邏逻 釐厘 鋒锋 鎳镍 闊阔 闖闯 闢辟 隸隶 靈灵 響响 頸颈 饋馈 馳驰 鬧闹 鯨鲸 鱷鳄 鶴鹤 鷄鸡 鹵卤
噸吨 檯台 鏟铲 噴喷 錶表 棟栋 餵喂 贏赢 嬸婶 嶼屿 灘滩 製制 傢家 襪袜 縫缝 紉纫 銑铣 嗎吗 驟骤 觸触 記记 諸诸 跡迹 輩辈 鈕钮 錦锦
閃闪 閒闲 餅饼 髒脏 懸悬 揚扬 換换 樣样 爾尔 異异 盡尽
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
