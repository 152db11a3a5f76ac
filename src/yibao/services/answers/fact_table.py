"""The facts that a person may give: one table of names, labels, questions and values for every channel."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the person: how it is asked, why, and which inputs of the rules it gives.

    `values` are the raw values that a missing fact may have, where they are few: then every case is worked out.
    """

    name: str
    label: str
    question: str
    hint: str
    why: str
    kind: str
    options: tuple[tuple[str, str, str], ...] = ()
    inputs: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def choice(name: str, label: str, question: str, hint: str, why: str, *options: tuple[str, str, str]) -> Fact:
    """A fact with few values."""
    inputs = {"scheme": ("scheme", "flexible")}.get(name, (name,))
    return Fact(name, label, question, hint, why, "choice", options, inputs, tuple(o[0] for o in options))


def yuan(name: str, label: str, question: str, hint: str, why: str) -> Fact:
    """A fact in yuan."""
    return Fact(name, label, question, hint, why, "yuan", inputs=(name,))


def without(fact: Fact, *values: str) -> Fact:
    """A fact with few values that cannot have some of them where it is asked."""
    options = tuple(option for option in fact.options if option[0] not in values)
    return replace(fact, options=options, values=tuple(option[0] for option in options))


SCHEME = choice(
    "scheme", "参加哪种医保", "参加的是哪种医保？", "不清楚的话，看看每月是不是单位替您交，或者每年自己交一次几百元。",
    "职工医保有个人账户，居民医保没有；报销的比例也不一样。",
    ("employee", "职工医保，单位给交", "有工作单位，或者从单位退休"),
    ("flexible", "职工医保，自己交", "灵活就业、个体户"),
    ("resident", "居民医保", "每年交一次，原来叫新农合、城镇居民医保"),
)  # fmt: skip
STATUS = choice(
    "status", "在职还是退休", "现在是在职，还是已经退休？", "办了退休、医保也转成退休待遇的，选退休。",
    "退休人员不用再交医保费，划入的算法和报销比例都和在职不同。",
    ("active", "在职", "还在按月交医保费"), ("retired", "退休", "已经享受退休人员医保待遇"),
)  # fmt: skip
AGE = Fact(
    "age", "年龄", "今年多大年纪？", "填周岁，例如 69；也可以写 61岁5个月。", "有的地方按年龄分档。", "age",
    inputs=("age", "age_months"), values=tuple(str(years) for years in range(0, 121)),
)  # fmt: skip
BORN = Fact(
    "born", "出生日期", "哪年哪月哪日出生？", "例如 1970-06-15，或者 1970年6月15日。只用到年月的题目，日子填1日也行。",
    "退休年龄按出生年月算。", "date", inputs=("born",),
)  # fmt: skip
SEX = choice(
    "sex", "性别", "性别？", "按身份证上的填。", "男女的退休年龄和要交满的年限不一样。",
    ("female", "女", ""), ("male", "男", ""),
)  # fmt: skip
OLD_AGE = choice(
    "old_age", "改革以前几岁退休", "改革以前该几岁退休？", "女职工一般是50岁，女干部（管理、技术岗位）是55岁，男职工是60岁。",
    "新的退休年龄在原来的基础上慢慢往后推。", ("50", "50岁", "女职工"), ("55", "55岁", "女干部"), ("60", "60岁", "男职工"),
)  # fmt: skip
LEVEL = choice(
    "level", "医院级别", "去的是几级医院？", "医院门口或者官网上有，例如“三级甲等”就是三级。", "医院级别不同，起付线和报销比例不同。",
    ("3", "三级医院", "市里的大医院多是三级"), ("2", "二级医院", "区县医院多是二级"), ("1", "一级医院", ""),
    ("community", "社区卫生服务中心、乡镇卫生院", ""), ("pharmacy", "定点药店", "拿着处方去买药"),
)  # fmt: skip
DISEASE = choice(
    "disease", "慢特病病种", "是哪一种病？", "认定的时候告诉过您是慢性病还是特殊病。", "不同的病，报销的比例和封顶线不同。",
    ("hypertension", "高血压", "只办了高血压"), ("diabetes", "糖尿病", "只办了糖尿病"), ("both", "高血压和糖尿病", "两样都办了"),
    ("chronic", "其他门诊慢性病", ""), ("special", "门诊特殊病", "例如透析、肿瘤放化疗、器官移植后用药"),
)  # fmt: skip
SIGNED_DOCTOR = choice(
    "signed_doctor", "签约家庭医生", "签约了家庭医生吗？", "在社区签过“家庭医生服务协议”的选签了。", "有的地方，签约的人报销得多一些。",
    ("yes", "签了", ""), ("no", "没签", ""),
)  # fmt: skip
TIER = choice(
    "tier", "参保档次", "参加的是哪一档？", "缴费通知或者医保 APP 上写着“一档”“二档”。", "不同的档，待遇不同。",
    ("1", "一档", ""), ("2", "二档", ""),
)  # fmt: skip
STAY = Fact(
    "stay", "本年第几次住院", "这是今年第几次住院？", "填数字，今年头一次填 1。", "第二次以后起付线可能低一些。", "count",
    inputs=("stay",), values=tuple(str(n) for n in range(1, 11)),
)  # fmt: skip

CATEGORY = choice(
    "category", "居民医保的人群", "属于哪一类居民？", "中小学生和还没上学的孩子选少年儿童。", "居民医保每一类人交的钱不一样，政府补的也不一样。",
    ("adult", "成年居民", "没有工作单位的成年人"), ("elderly", "老年居民", "60岁及以上；各地的岁数界限写在说明里"),
    ("child", "少年儿童、中小学生", ""), ("student", "大学生", ""),
)  # fmt: skip
AID_GROUP = choice(
    "aid_group", "困难群众类别", "家里是不是下面这些困难群众？", "民政、乡村振兴部门认定过的才算；不是就选“都不是”。",
    "困难群众参加居民医保，政府替他们出一部分或者全部；看病另有救助。",
    ("none", "都不是", ""), ("destitute", "特困人员、孤儿", ""), ("low_income", "低保对象、低收入人口", "领低保的"),
    ("monitored", "返贫监测对象", "防止返贫致贫的监测对象"), ("near_poor", "低保边缘家庭", ""),
    ("illness_poor", "因病致贫家庭", ""), ("former_poor", "稳定脱贫人口", "以前建档立卡、已经脱贫的"),
)  # fmt: skip
FIRST_TIME = choice(
    "first_time", "头一次参保", "是头一次参加职工医保吗？", "以前在哪里参加过职工医保都算参加过。", "头一次参加和断了再续，等的时间不一样。",
    ("no", "不是，以前参加过", ""), ("yes", "是，头一次", ""),
)  # fmt: skip
REASON = choice(
    "reason", "提取原因", "为什么想把个人账户里的钱取出来？", "只能选一项。", "能不能取，看是什么原因。",
    ("death", "参保人去世了", "家里人想继承"), ("emigration", "出国定居", ""), ("resettled", "退休后长住外省", "已经办了异地安置"),
    ("transfer_impossible", "换了城市，钱转不过去", ""), ("military", "参军", ""), ("cash", "想换成现金花", ""),
)  # fmt: skip
RELATION = choice(
    "relation", "亲属关系", "他（她）是您的什么人？", "账户是谁的，就从谁算起。", "只有近亲属可以用。",
    ("spouse", "丈夫或者妻子", ""), ("parent", "父亲或者母亲", ""), ("child", "儿女", ""), ("sibling", "兄弟姐妹", ""),
    ("grandparent", "祖父母、外祖父母", ""), ("grandchild", "孙子女、外孙子女", ""), ("other", "其他亲戚、朋友", ""),
)  # fmt: skip
PURPOSE = choice(
    "purpose", "共济用途", "钱拿来做什么？", "", "不是什么都能付。",
    ("care", "看病、住院自己付的那部分", "在定点医院"), ("drugs", "买药、医疗器械、医用耗材", "在定点药店"),
    ("premium", "交居民医保费", ""), ("care_insurance", "交长期护理保险费", ""), ("wellness", "健身、保健品、体检", ""),
)  # fmt: skip


def _month(name: str, label: str, question: str, hint: str, why: str, inputs: tuple[str, ...]) -> Fact:
    return Fact(name, label, question, hint, why, "month", inputs=inputs)


def _months(name: str, label: str, question: str, hint: str, why: str) -> Fact:
    return Fact(name, label, question, hint, why, "months", inputs=(name,))


SWITCHED = choice(
    "switched", "换了险种", "是从职工医保换到居民医保，或者反过来换的吗？", "", "两种医保之间换，有专门的规定。",
    ("yes", "是，换了险种", "职工换居民，或者居民换职工"), ("no", "不是，还是原来那种", ""),
)  # fmt: skip
GAP_MONTHS = _months(
    "gap_months", "断缴多久", "医保费断了几个月？", "从停缴的下个月数到重新缴费的前一个月，例如 2。", "断3个月以内和超过3个月，规定不同。"
)
MISSED_YEARS = Fact(
    "missed_years", "断保年数", "居民医保断了几年没有交？", "填整年数；只是今年交晚了、前几年没有断，填 0。", "断的年数越多，等得越久。",
    "years", inputs=("missed_years",),
)  # fmt: skip
REPAID_YEARS = Fact(
    "repaid_years", "补缴了几年", "断的那几年里，补缴了几年？", "没有补缴就填 0。", "每补缴一年可以少等一个月。", "years",
    inputs=("repaid_years",),
)  # fmt: skip
TO = Fact(
    "to", "转到哪里", "医保要转到哪个地方？", "填市或者区县的名字，例如 苏州。", "两边的经办机构各有办理时限。", "area", inputs=("to",),
)  # fmt: skip
APPLIED = Fact(
    "applied", "受理日期", "转移申请是哪天受理的？", "例如 2026-02-09。还没有申请，可以填打算申请的那天。", "从这天的第二天起数工作日。", "day",
    inputs=("applied",),
)  # fmt: skip
FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        SCHEME, STATUS, AGE, BORN, SEX, OLD_AGE, LEVEL, TIER, STAY,
        CATEGORY, AID_GROUP, FIRST_TIME, REASON, RELATION, PURPOSE,
        yuan("base", "缴费基数", "每月的缴费基数是多少元？", "工资条或者医保 APP 的“缴费记录”里有，例如 8000。", "在职的按基数的一定比例划入。"),
        yuan("pension", "本人养老金", "每月养老金是多少元？", "例如 3500。", "有的地方按本人养老金算。"),
        yuan("average_pension", "当地人均养老金", "改革那一年当地人均养老金是多少元？", "当地医保局的文件里有，不知道就选“我不清楚”。",
             "只知道国家框架的地方，要用它才能算出一个范围。"),
        _month("retired_on", "办理退休的年月", "哪年哪月办的退休？", "例如 2000-12。", "有的地方对早退休的人另有标准。",
               ("retired_month", "retires_year")),
        _month("retires", "退休年月", "哪年哪月退休？", "还没退休的填预计的年月，例如 2031-11。", "有的地方要求的年限逐年提高。", ("retires",)),
        _months("paid_months", "实际缴费", "职工医保一共实际交了多久？", "可以填月数，也可以写 12年6个月。", "要和规定的年限比。"),
        _months("deemed_months", "视同缴费", "能算作“视同缴费”的有多久？",
                "当地建立职工医保以前的工龄；服役的军龄也填在这里（广东的军龄填进“实际缴费”）。没有就填 0。",
                "视同缴费没有交过钱，但是算进总年限；算不算、算多少由当地认定。"),
        _months("local_months", "本地实际缴费", "其中在本地交了多久？", "可以填月数，也可以写 12年6个月。", "有的地方要求在本地交满一定年限。"),
        SWITCHED, GAP_MONTHS, MISSED_YEARS, REPAID_YEARS, TO, APPLIED,
        Fact("joined", "首次参保日期", "哪一天在本地第一次参加职工医保？", "例如 2010-05-01。", "有的地方按首次参保的时间分。", "date",
             inputs=("joined",)),
        yuan("cost", "医疗总费用", "这次看病一共花了多少元？", "看结算单上的“总费用”，例如 50000。", "从这里开始算。"),
        yuan("excluded", "目录外费用", "其中医保目录外的自费是多少元？",
             "看结算单上的“自费”，没有就填 0。医保目录里没有的药和项目（也叫丙类），还有超过限价的部分，都算在里面。", "目录外的不报销。"),
        yuan("upfront", "乙类先行自付", "其中乙类先行自付是多少元？",
             "看结算单上的“先行自付”，没有就填 0。甲类药不用先付；乙类药和国家谈判药先自己付一部分，付几成各地自己定。",
             "甲类全部算进能报销的钱；乙类先付的这一部分由个人负担，剩下的才算进去。"),
        yuan("used_deductible", "已负担起付标准", "今年已经负担过多少起付线？", "没有就填 0。", "按年算起付线的地方只负担一次。"),
        yuan("used_cap", "基金已支付", "今年医保基金已经付了多少元？", "没有就填 0。", "基金一年有最高支付限额。"),
        _months("continuous_months", "连续缴费", "到现在连续交了多久？", "可以填月数，也可以写 6年。", "有的地方按连续缴费月数定封顶线。"),
        choice("away", "异地就医", "在哪里看病？", "参保地就是交医保的那个地方。", "在外地看病，有的要少报一些，和备案、转诊有关。",
               ("home", "在参保地", ""), ("filed", "长住外地，已经备案", "退休后住到外地、在外地长期工作生活的"),
               ("referred", "转诊去外地，或者在外地急诊", ""), ("unfiled", "自己临时去外地，没有转诊", "没有备案的也选这一项")),
        choice("chronic", "门诊慢特病", "看的是办过门诊慢特病、两病手续的病吗？", "例如高血压、糖尿病用药，透析，肿瘤的门诊治疗。",
               "办过手续的病，报销的算法和普通门诊不一样。", ("yes", "是", "已经在医保办过认定"), ("no", "不是", "普通看病、拿药")),
        DISEASE,
        SIGNED_DOCTOR,
        yuan("per_visit", "单次费用", "这些钱是几次看病加起来的，每次花多少元？", "只看了一次就填 0。", "有的地方每看一次病算一次起付线。"),
        yuan("wage", "计发基数", "退休地的计发基数是多少元？", "省人社厅每年公布，例如 8000。", "基础养老金按它算。"),
        Fact("index", "平均缴费指数", "平均缴费指数是多少？", "养老保险缴费记录上有，例如 0.84；按平均工资缴的是 1。", "反映您缴费水平的高低。", "decimal",
             inputs=("index",)),
        _months("months", "养老保险缴费年限", "养老保险一共交了多久（含视同）？", "可以填月数，也可以写 30年。", "交得越久，基础养老金越高。"),
        yuan("balance", "养老个人账户储存额", "养老保险个人账户里有多少元？", "社保 APP 上有，例如 139000。", "个人账户养老金 = 储存额 ÷ 计发月数。"),
        _months("months_before_account", "建立个人账户以前的缴费年限", "建立养老个人账户以前工作了多久？", "一般是1995年前后以前的工龄，没有就填 0。",
                "有的话另加过渡性养老金。"),
    )
}  # fmt: skip
OF_INPUT = {name: fact.name for fact in FACTS.values() for name in fact.inputs}
