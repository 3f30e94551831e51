"""Describe invented people whose resumes are in Traditional Chinese, or in two languages at once."""

from .resume import parse

MARKETER = parse(
    """
# 黃詠琪 // 市場推廣經理
& 香港九龍觀塘 ;; +852 5555 0183 ;; vinkie.wong@example.hk
## summary: 個人簡介
十年快速消費品及零售推廣經驗，擅長以小預算打大仗；曾策劃全港三百個銷售點同步上架的新品活動。
## work: 工作經驗
@ 市場推廣經理 ;; 嘉樂食品（香港）有限公司 ;; 2019年9月至今
- 管理年度預算港幣一千二百萬元，帶領六人團隊
- 與八達通及兩間外賣平台合作，三個月新增會員四萬七千名
- 將品牌知名度由百分之三十二提升至五十八
@ 高級推廣主任 ;; 莎朗美容集團 ;; 2015年3月至2019年8月
- 統籌廣州、澳門及台北巡迴展銷，銷售額超出目標兩成
## education: 學歷
@ 工商管理學士（市場學） ;; 香港浸會大學 ;; 2009年至2012年
## skills: 專業技能
| 軟件 | Photoshop、Illustrator、Google Analytics
| 媒體 | Facebook、Instagram、小紅書、YouTube
## languages: 語言
| 粵語 | 母語
| 英語 | 流利（IELTS 7.5）
| 普通話 | 良好
## awards: 獎項
- 香港市務學會傑出推廣獎銅獎（2022）
""",
    "marketer",
    traditional=True,
)

PROCESS_ENGINEER = parse(
    """
# 許家豪 // 半導體製程工程師
& 新竹縣竹北市 ;; 0912-000-347 ;; jiahao.hsu@example.tw ;; 役畢
## summary: 自傳摘要
我是許家豪，臺南人，家中排行老么。研究所時期在無塵室待了兩年，學會先看數據再下結論；\
進入業界後負責12吋廠乾蝕刻製程，專長是良率提升與跨部門異常處理。
## work: 工作經歷
@ 主任工程師 ;; 晶穎積體電路股份有限公司 ;; 2020/08～迄今 ;; 蝕刻部
- 28奈米接觸窗蝕刻缺陷密度降低46%，每年減少報廢約新臺幣3,200萬元
- 導入FDC即時偵測，機台異常停機時間由每月31小時降為9小時
- 輪值夜班主管，帶領工程師7人、技術員22人
@ 製程工程師 ;; 力承光電 ;; 2017/10～2020/07 ;; 黃光區
- 調校步進機對準參數，疊對誤差由12奈米降到7奈米
## education: 學歷
@ 材料科學與工程 碩士 ;; 國立清華大學 ;; 2014/09～2016/07
論文題目：氮化鋁薄膜應力之量測與控制
@ 化學工程 學士 ;; 國立成功大學 ;; 2010/09～2014/06
## skills: 專長
| 製程 | 乾蝕刻、黃光、CVD
| 分析 | SEM、TEM、JMP、Python
## certificates: 證照
- 多益910分
- 職業安全衛生業務主管
""",
    "process_engineer",
    traditional=True,
)

TEACHER = parse(
    """
# 蔡佩珊 // 國小教師（高年級導師）
& 臺中市北屯區 ;; peishan.tsai@example.edu.tw ;; 04-5550-0129
## personal: 基本資料
| 出生 | 民國78年5月 | 教師證 | 國小、特教
| 年資 | 12年 | 駕照 | 普通重型機車
## work: 教學經歷
@ 高年級導師兼閱讀推動教師 ;; 臺中市大坑國民小學 ;; 103年8月至今
- 設計「走讀大坑溪」跨領域課程，獲教育部教學卓越銀質獎
- 晨讀十五分鐘推行四年，學生平均借書量由9本增至41本
@ 代理教師 ;; 彰化縣芬園國小 ;; 101年8月－103年7月
- 任教三年級，並帶領學校合唱團
## education: 學歷
@ 語文教育學系 ;; 國立臺中教育大學 ;; 97年－101年
## interests: 興趣
- 說故事、登山（百岳完成37座）、客家山歌
## summary: 教學理念
每個孩子都有自己的時區，老師是掌燈的人。
""",
    "teacher",
    traditional=True,
)

LAWYER = parse(
    """
# 王若琳 Rowena Wang // 跨境并购律师 Cross-border M&A Lawyer
& 上海 Shanghai ;; +86 21 5555 0190 ;; rowena.wang@example.com
## summary: 简介 Profile
执业十一年，代表买方与卖方完成交易四十余宗，总金额逾六百亿元。Admitted in the PRC and in New York.
## work: 工作经历 Experience
@ 合伙人 Partner ;; 衡岳律师事务所 Hengyue Law Firm ;; 2020年1月 – 至今 Present ;; 上海
- 牵头某新能源集团收购德国电池企业100%股权（交易额4.2亿欧元）
- Advised a Singapore fund on its exit from a Suzhou medical-device maker
@ 资深律师 Senior Associate ;; Marlowe & Finch LLP ;; 2014年9月 – 2019年12月 ;; 纽约 New York
- Drafted and negotiated share purchase agreements, disclosure schedules and escrow terms
- 负责CFIUS申报，7宗全部获批
## education: 教育背景 Education
@ 法律硕士 LL.M. ;; Columbia Law School ;; 2013 – 2014
@ 法学学士 LL.B. ;; 华东政法大学 ;; 2008 – 2012
## certificates: 资格 Admissions
- 中国法律职业资格 PRC Bar (2012)
- New York State Bar (2015)
## languages: 语言 Languages
| 中文 Chinese | 母语 native
| 英文 English | 工作语言 full professional
""",
    "lawyer",
)

TRADITIONAL = (MARKETER, PROCESS_ENGINEER, TEACHER)
BILINGUAL = (LAWYER,)
