"""Describe invented people whose resumes are in English."""

from .resume import parse

DIRECTOR = parse(
    """
# Margaret Okonjo-Reid // Director of Hospital Operations
& Leeds, United Kingdom ;; +44 113 496 0172 ;; m.okonjo-reid@example.org
## summary: Profile
Operations director with nineteen years in acute hospitals. I have opened two wards, closed a failing theatre complex and \
brought four-hour waits from 61% to 88% without agency spending above plan.
## work: Professional Experience
@ Director of Operations ;; Airedale Moor NHS Foundation Trust ;; March 2018 – present ;; Keighley
- Answer to the board for 3,400 staff, 640 beds and a budget of £212m
- Merged three separate bed-management teams into one control room staffed day and night
- Led the response to the 2020 winter surge; no elective cancer list was cancelled
@ Deputy Director, Planned Care ;; Calder & Ribble Hospitals ;; June 2012 – February 2018 ;; Halifax
- Cut the backlog of patients waiting over 52 weeks from 1,903 to 41
- Negotiated a weekend theatre agreement with surgeons, anaesthetists and the unions
@ Service Manager, Emergency Medicine ;; St Oswin's Infirmary ;; 2005 – 2012 ;; Wakefield
- Introduced nurse-led streaming at the front door, copied later by six trusts
## education: Education
@ MSc Health Care Management ;; University of Birmingham ;; 2009 – 2011
@ BA (Hons) Economics ;; Durham University ;; 2001 – 2004
## certificates: Memberships
- Fellow, Institute of Health and Social Care Management
- PRINCE2 Practitioner (renewed 2022)
## languages: Languages
| English | native
| Igbo | spoken at home
| French | B1
""",
    "director",
)

ENGINEER = parse(
    """
# Tomás Velarde // Senior Backend Engineer
& Austin, TX ;; (512) 555-0143 ;; tomas.velarde@example.com ;; github.com/tvelarde-example
## summary: Summary
Backend engineer who likes boring, observable systems. Nine years of Go and PostgreSQL, most of it on payment rails that \
must never count a dollar twice.
## skills: Technical Skills
| Languages | Go, Python, SQL, TypeScript
| Storage | PostgreSQL, Redis, Kafka, S3
| Operations | Kubernetes, Terraform, Prometheus, Grafana
## work: Experience
@ Senior Backend Engineer ;; Ledgerline Payments ;; 04/2020 – Present ;; Austin, TX
- Designed the double-entry ledger service now posting 11 million entries a day at a p99 of 38 ms
- Moved settlement files from nightly cron jobs to an event stream, which retired 14,000 lines of Perl
- Mentor of five engineers; two were promoted within eighteen months
@ Software Engineer ;; Brightbarn Logistics ;; 07/2016 – 03/2020 ;; Dallas, TX
- Built the carrier-rating API (Go, gRPC) used by 230 warehouses
- Reduced the AWS bill by $410k a year by replacing idle clusters with spot fleets
@ Junior Developer ;; City of Round Rock, IT Department ;; 06/2015 – 06/2016 ;; Round Rock, TX
- Maintained the permit portal (Django) and wrote its first test suite
## projects: Open Source
@ pgdrift ;; Author ;; 2019 – 2024
- Command-line tool that compares two PostgreSQL schemas; 2.1k stars
## education: Education
@ B.S. Computer Science ;; University of Texas at Dallas ;; 2011 – 2015
GPA 3.71/4.00, minor in Mathematics
""",
    "engineer",
)

SCIENTIST = parse(
    """
# Priya Raghunathan, PhD // Biostatistician
& Basel, Switzerland ;; priya.raghunathan@example.ch ;; ORCID 0000-0002-1825-0097
## summary: Research Profile
Statistician for phase II and III oncology trials, with an interest in adaptive designs and in saying plainly what a \
p-value cannot tell.
## work: Appointments
@ Principal Statistician ;; Helvor Therapeutics AG ;; Sept 2019 – today ;; Basel
- Lead statistician of three registration studies (n = 412, 688 and 1,120)
- Wrote the simulation package, in R and C++, behind the company's response-adaptive randomisation
- Defended the analysis plan before the EMA and the FDA without a request for re-analysis
@ Postdoctoral Researcher ;; Karolinska Institutet ;; Oct 2016 – Aug 2019 ;; Stockholm
- Estimated vaccine effectiveness from national registers covering 4.6 million people
## education: Education
@ PhD, Biostatistics ;; University of Washington ;; 2011 – 2016
Thesis: Interim decisions under delayed response
@ MSc, Statistics ;; Indian Statistical Institute ;; 2009 – 2011
## publications: Selected Publications
- Raghunathan P, Lindqvist A. Stopping early for harm: a simulation study. Stat Med 2021;40:1187–1203.
- Raghunathan P et al. Delayed endpoints in seamless designs. Biometrics 2018;74(2):655–664.
## skills: Methods and Software
| Methods | survival analysis, mixed models, causal inference
| Software | R, SAS, Stan, C++
## languages: Languages
| Tamil | native
| English | C2
| German | B2
""",
    "scientist",
)

PUPIL = parse(
    """
# Jake Hollis // Year 11 pupil looking for a summer job
& 14 Quarry Lane, Matlock ;; 07700 900461 ;; jake.hollis@example.co.uk
## summary: About me
I am sixteen, on time and good with people. I want to work outdoors or in a shop during July and August.
## education: School
@ GCSEs (predicted grades) ;; Highfields School ;; 2021 – 2026
| Mathematics | 7
| English Language | 6
| Double Science | 6-6
| Design and Technology | 8
## work: Experience
@ Work experience ;; Peak Cycles ;; two weeks, June 2025 ;; Matlock
- Trued wheels, fitted brakes and served customers at the till
@ Paper round ;; Smedley Newsagents ;; since September 2024
- Deliver 62 papers before school, six days a week
## interests: Interests
- Hill running (Derwent Valley under-17 team)
- Building a cedar-strip canoe with my grandfather
""",
    "pupil",
)

CHEF = parse(
    """
# Siobhán Mac Giolla // Head Chef
& Galway ;; 091 555 0198 ;; siobhan@example.ie
## summary: In brief
Head chef trained in Lyon, now cooking with the west coast: dayboat fish, seaweed, old cereals. Held a food cost of 27% \
through two years of inflation.
## work: Kitchens
@ Head Chef ;; The Slipway ;; May 2021 – ;; Galway
- Brigade of nine, 64 covers a night, a menu that changes with the landing
- One Michelin star kept in 2023, 2024 and 2025
@ Sous-chef ;; Maison Perrachon ;; 2017 – 2021 ;; Lyon
- Ran the fish section, then the pass; trained six apprentices
@ Commis ;; Ballyhane House ;; 2014 – 2017 ;; Co. Cork
- Bread, pastry and the kitchen garden
## education: Training
@ CAP Cuisine ;; Institut Bocuse-Delorme ;; 2013 – 2014 ;; Écully
## certificates: Certificates
- HACCP level 4 (2022)
- First aid at work (2024)
## languages: Languages
| English | native
| Irish | fluent
| French | fluent
""",
    "chef",
)

ELECTRICIAN = parse(
    """
# Darnell Whitcombe // Master Electrician and Site Foreman
& Columbus, Ohio ;; 614-555-0116 ;; d.whitcombe@example.net ;; License EL.48817
## summary: Objective
A foreman position on industrial or hospital projects above $5 million.
## work: Work History
@ Site Foreman ;; Buckeye Power & Light Contractors ;; January 2017 to Present ;; Columbus, OH
- Run crews of up to 24 journeymen on a 410,000 sq. ft. distribution center
- Zero lost-time accidents in 1,460 consecutive days
- Lay out conduit, switchgear and 13.8 kV feeders from drawings and from BIM models
@ Journeyman Electrician ;; Harlan & Sons ;; August 2011 to December 2016 ;; Dayton, OH
- Wired operating rooms and emergency generators at two hospitals
@ Power Generation Technician (MOS 91D) ;; United States Army ;; 2006 to 2011 ;; Fort Bragg, NC
- Kept 38 tactical generators running on two deployments
## certificates: Licenses
- Ohio Master Electrician, since 2016
- OSHA 30-Hour Construction
- Confined Space Entry
## education: Education
@ Apprenticeship, Inside Wireman ;; IBEW Local 683 JATC ;; 2011 to 2015
## skills: Skills
| Tools | Greenlee benders, Fluke meters, Milwaukee crimpers
| Software | Bluebeam Revu, Procore, AutoCAD LT
""",
    "electrician",
)

ENGLISH = (DIRECTOR, ENGINEER, SCIENTIST, PUPIL, CHEF, ELECTRICIAN)
