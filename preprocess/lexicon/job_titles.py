"""List the heads of English job titles: engineer, nurse, porter."""

ENGLISH = tuple(
    """tester sysadmin engineer developer programmer architect administrator analyst scientist statistician researcher designer consultant
    adviser advisor manager director officer supervisor coordinator executive representative assistant secretary receptionist clerk
    accountant bookkeeper auditor controller cashier teller banker broker trader underwriter actuary lawyer solicitor barrister
    paralegal attorney teacher lecturer professor tutor instructor trainer coach educator librarian nurse physician surgeon dentist
    pharmacist therapist midwife carer caregiver technician technologist mechanic electrician plumber carpenter joiner welder fitter
    machinist operator operative driver courier porter packer picker labourer laborer cleaner housekeeper cook chef baker waiter
    waitress barista bartender butcher hairdresser guard foreman superintendent planner buyer merchandiser recruiter writer editor
    journalist reporter translator interpreter photographer artist animator copywriter strategist marketer salesperson salesman trainee
    apprentice fellow postdoc cto ceo cfo coo cio cmo sre qa surveyor estimator inspector assessor warden agent dispatcher concierge
    beautician stylist nanny gardener farmer florist tailor seamstress roofer bricklayer plasterer painter scaffolder glazier caretaker
    janitor counsellor journeyman rider worker leader""".split()
)
ENGLISH_BESIDE_OTHERS = tuple(
    """head lead associate partner owner founder co-founder principal president vp captain treasurer doctor scholar host hostess pilot
    producer handler counsel intern dba paramedic specialist""".split()
)
"""Heads that stand beside a degree, in a club or before other nouns, too: associate degree, DBA, paramedic science, captain of the team."""
