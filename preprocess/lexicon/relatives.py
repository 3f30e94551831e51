"""List the words for relatives, by which a resume tells of somebody else than its owner: 父亲, 表哥, husband."""

CHINESE = tuple(
    """父亲 母亲 爸爸 妈妈 爸妈 老爸 老妈 家父 家母 爱人 丈夫 妻子 老公 老婆 太太 配偶 内人 外子 男友 女友 男朋友 女朋友
    哥哥 大哥 二哥 姐姐 大姐 弟弟 妹妹 家兄 家姐 舍弟 舍妹 姐夫 嫂子 弟妹 表哥 表姐 表弟 表妹 表姐夫 堂哥 堂姐 堂弟 堂妹
    儿子 女儿 孙子 孙女 外甥 侄子 爷爷 奶奶 外公 外婆 姥爷 姥姥 岳父 岳母 婆婆
    叔叔 叔父 伯伯 伯父 舅舅 舅父 姑姑 姑妈 姑父 姨妈 姨父""".split()
)
"""Without those that mean other people, too, where one works: 父母, 孩子, 先生, 阿姨, 公公."""
ENGLISH = tuple("father mother dad mum mom parents husband wife spouse brother sister son daughter uncle aunt cousin".split())
