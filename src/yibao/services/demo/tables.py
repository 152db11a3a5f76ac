"""How are ages and wages spread? The census and the wage statistics; names and trades are made up.

Ages: the seventh census (第七次全国人口普查, 2020-11-01), thousands of people and the share of men in ten thousandths.
Wages: yearly averages of urban units (国家统计局), yuan; the spread within a unit is the demo's own.
"""

# first age, thousands of people, men among 10,000
AGES = (
    (0, 77_884, 5260), (5, 90_244, 5321), (10, 85_256, 5349), (15, 72_684, 5373), (20, 74_942, 5294),
    (25, 91_847, 5244), (30, 124_145, 5145), (35, 99_013, 5144), (40, 92_955, 5124), (45, 114_225, 5094),
    (50, 121_164, 5043), (55, 101_401, 5011), (60, 73_383, 5024), (65, 74_006, 4910), (70, 49_590, 4872),
    (75, 31_239, 4722), (80, 20_383, 4260), (85, 10_827, 4260), (90, 3_653, 4260), (95, 820, 4260), (100, 119, 4260),
)  # fmt: skip

NON_PRIVATE = {2022: 114_029, 2023: 120_698, 2024: 124_110, 2025: 129_441}
PRIVATE = {2022: 65_237, 2023: 68_340, 2024: 69_476, 2025: 71_590}
YEARLY_GROWTH = 40_000  # parts per million, taken for the years before and after the known ones

POSTS = ((5, 205), (20, 150), (15, 92), (25, 77), (35, 78))
"""Share of the staff in percent, and the wage in percent of the unit's average: managers, specialists, clerks …"""
SPREAD = (52, 60, 66, 71, 75, 79, 83, 87, 91, 95, 99, 103, 107, 112, 117, 123, 130, 139, 152, 175)
"""Percent of the post's wage, each for a twentieth of the people."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
OF_MEN = "伟强磊军勇杰涛明超辉刚平健波斌宇浩鹏飞建国志华海林峰洪文博东旭成亮龙"
OF_WOMEN = "芳娜敏静丽艳娟霞秀英玲桂兰红梅燕萍婷雪慧莹颖倩琳洁云凤珍淑琴月晓欣怡佳"

PLACES = "东城西城南郊北苑河东河西城关新区江北山前湖畔桥头"
TRADES = (
    "机械厂", "纺织厂", "食品公司", "软件公司", "物流公司", "建筑公司", "医药公司", "商贸公司", "酒店", "学校",
    "研究所", "电子厂", "印刷厂", "物业公司", "运输公司", "设计院",
)  # fmt: skip
PROVIDERS = (
    "演示第一医院", "演示第二医院", "演示第三医院", "演示中医院", "演示妇幼保健院", "演示口腔医院",
    "演示社区卫生服务中心一", "演示社区卫生服务中心二", "演示社区卫生服务中心三",
    "演示药店一", "演示药店二", "演示药店三",
)  # fmt: skip


def average_wage(year: int, private: bool) -> int:
    """Yuan a year; a year that is not known is carried on from the nearest known one.

    >>> average_wage(2025, private=False), average_wage(2026, private=False)
    (129441, 134618)
    """
    known = PRIVATE if private else NON_PRIVATE
    if year in known:
        return known[year]
    if year < min(known):
        return average_wage(year + 1, private) * 1_000_000 // (1_000_000 + YEARLY_GROWTH)
    return average_wage(year - 1, private) * (1_000_000 + YEARLY_GROWTH) // 1_000_000
