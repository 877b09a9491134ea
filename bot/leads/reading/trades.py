"""The words of other trades: what keeps a title with "AI" in it from being a machine-learning role."""

from typing import Final

# The head of the title is another occupation, whatever it is about.
TRADE: Final = """
recruiter* | recruiting coordinator | talent acquisition | talent partner | talent sourcer | sourcer | headhunter
sales engineer* | sales engineering | sales representative* | sales development | sales executive
account executive* | account manag*
business development | business developer | sdr | bdr | inside sales | sales intern*
marketer* | marketing manager* | marketing manag* | marketing intern* | marketing specialist*
marketing coordinator | marketing associate | growth hacker
product marketing | product manager* | product management | product owner* | product operations
product marketing manager*
program manager* | program management | programme manager* | project manager* | project management
project coordinator | technical program
program coordinator | scrum master | designer* | ux | ui designer | ui ux | ux design | ux researcher*
user experience | user research
graphic design* | artist* | animator* | video editor* | illustrator* | photographer* | videographer* | producer
content creator* | ai creator* | video creator* | creator operations
writer* | copywriter* | copywriting | editor | editorial | technical writing | journalist* | journalism
content development | content developer | course developer* | product planning
content creation | content strateg* | content intern* | content specialist | content writer | content manager
content moderat*
tutor* | trainer* | annotator* | annotation | labeler* | labeller* | labeling specialist | data labeling
data labelling | data entry | data collector*
data collection | collecteur* de donnees | rater | transcriptionist* | transcriber* | language specialist*
prompt writer*
teacher* | instructor* | lecturer* | teaching assistant | professor* | curriculum develop* | curriculum design*
curriculum intern*
counsel | attorney* | lawyer* | paralegal* | legal intern* | compliance officer | people partner
community manager | event* manager | executive assistant | administrative assistant | office manager
receptionist
business analyst* | business analysis | financial analyst* | strategic analyst* | strategy analyst*
process analyst* | investment analyst*
policy analyst* | policy research* | policy intern* | developer relations | developer advocate* | devrel
evangelist
developer advocacy | chief of staff | nurse* | physician* | therapist* | technician*
produktmanag* | projektmanag* | vertrieb* | personalreferent* | redakt* | charge de communication
chef de produit | chef de projet
comercial | ventas | redacteur* | dessinateur* | langue | langage de l ia | community intern*
"""

# A department that makes the title its own when it comes after the field ("Machine Learning Marketing Intern").
FUNCTION: Final = """
marketing | sales | recruiting | recruitment | public policy | ai policy | tech policy | legal | law
content marketing | go to market | gtm
personalabteilung | personalwesen | growth marketing | digital marketing | communications intern* | hr
human resources | people operations | people ops | ventes | vente | customer success | customer support
customer service | social media | public relations | venture capital | investment banking | equity research
market research
marketing research
"""

# A business side that a mere "AI" in the title does not outweigh.
BUSINESS: Final = """
business | finance | financial | accounting | strategy | strategic | strategist | operations | product | offerings
governance | ethics | policy | regulatory
adoption | enablement | transformation | change management | communication | communications | education
educational | design
design studio | people | talent | partnerships | partner | partners | customer | customers | procurement | tax
audit | risk management | compliance
mba | advisory | consultant recruitment | revenue | commercial | brand | media | news | events | community
startup founder | venture | ventures | investing | investor
investment | investments | pricing | growth | literacy | outreach | content | social | supply planner
merchandising | administration | administrative | office | operator*
kommunikation | betriebswirtschaft* | unternehmensentwicklung | strategie | geschaftsentwicklung | rechtsabteilung
"""

HARDWARE: Final = """
hardware | chip | chips | silicon | asic | asics | soc | rtl | vlsi | circuit* | physical design
design verification | verification engineer*
silicon validation | post silicon | performance validation | validation engineer* | electrical | mechanical
analog | mixed signal | dft | pcb
packaging | thermal | rack | data center technician | datacenter design | semiconductor* | photonic*
power electronics | fpga | firmware
manufacturing engineer* | signal integrity | optical
"""

# A research scientist of one of these is not one of machine learning, unless the title says that too.
OTHER_SCIENCE: Final = """
quantum | chemistry | chemical | chemist | biology | biological | biologist | biochem* | bioinformatic*
materials
material | polymer* | physics | physicist | optics | photonics | optic | display | displays | haptic* | acoustic*
wireless | networking | network* | storage | database* | cryptograph* | security | electronic design | eda
design automation | hci | human computer | human factors | psycholog* | social science* | economic* | economist*
sociolog* | political | congressional | clinical | nursing | pharma* | toxicolog* | genom* | immunolog* | oncolog*
neuroscien* | cell | molecular | protein* | agronom* | crop | food | sensory | nutrition | geolog* | geophysic*
climate | energy | battery | batteries | simulation | electrochem* | process | formulation* | laborator* | lab
wet | radiation
nuclear | plasma | aerospace | aerodynamic* | fluid* | metallurg* | coating* | adhesive* | water | soil
environmental | ecolog* | entomolog* | microbiolog* | analytical | synthesis | manufacturing | consumer | market
equity | credit | financial* | history | historical | archiv* | library | library science | education research
survey | operations research | quantitative | quant | statistic* | compiler* | operating system*
computer architecture | architecture | formal methods | programming language* | graphics | blockchain | crypto
vulnerability | threat | malware
"""
