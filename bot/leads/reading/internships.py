"""The words that say "internship" in a title, in the languages of the leads, and those that only seem to."""

from typing import Final

INTERNSHIP: Final = """
intern | interns | internship* | intership* | internshp | internhip | intenship | winternship | coop | coops
cooperative education | cooperative program* | cooperative student* | cooperative intern*
pey | asip | externship | externships | extern program | microinternship | off cycle | industrial experience year
working student | working students | werkstud* | werkstuden* | working studentin | praktik* | pflichtpraktik*
praxissemester
praxisphase | praxisstudent* | fachpraktik* | studentische hilfskraft | studentische mitarbeiter*
studentische aushilfe
studentische tatigkeit | wissenschaftliche hilfskraft | wissenschaftlicher hilfskraft | hiwi | shk | masterand*
bachelorand* | diplomand* | studentenjob | ferienpraktik*
abschlussarbeit* | bachelorarbeit* | masterarbeit* | masterthesis | bachelorthesis | diplomarbeit*
studienarbeit*
thesis | theses | degree project | graduation project | graduation assignment | graduation internship
examensarbete | exjobb | examensjobb | masteroppgave | kandidatspeciale | diplomityo | diplomityontekija
opinnaytetyo | lopputyo
staz | stazyst* | praktyk* | stazista | gyakornok*
afstud* | meewerkstage | stageplaats | stageplek | stageopdracht | onderzoeksstage | werkstage
harjoittel* | kesaharjoittel* | kesatyo* | sommerjobb | sommarjobb | studentermedhjælper* | studentmedarbeid*
studiejob
studentmedarbetare | sommarpraktik* | sommerstudent | stajyer | staj | стажер* | стажир* | magang
实习 | 實習 | インタン | インターン | 인턴 | 인턴십
trainee | trainees | traineeship | traineeships | research trainee | student trainee | summer trainee
placement year | placement student* | placement scheme | industrial placement | student placement
summer placement
year placement | month placement | months placement | university placement | undergraduate placement
work placement
sandwich placement | sandwich year | sandwich student | year in industry | fixed term placement
research placement
placement programme | placement program | industrial trainee | co op placement | engineering placement
science placement
student researcher | student researchers | student assistant | student assistants | student worker
student engineer | student developer
student employee | student position | student positions | student job | student jobs | student analyst
student scientist
student technician | student programmer | student opportunit* | student role | student program | student programme
student software | student data | student machine | student research | visiting student | masters student
master student
bachelor student | undergraduate student | graduate student | summer student | coop student | engineering student
student aide
student contractor | student consultant | student hire | industrial student | student fellow | student fellowship
undergraduate researcher | undergraduate research | undergraduate assistant
summer analyst | summer associate | summer scholar | summer scholars | summer fellow | summer fellows
summer fellowship
summer researcher | summer research | summer engineer | summer developer | summer vacation | vacationer
vacation work
winter analyst | spring analyst | fall analyst | summer program | summer programme | summer vacation program
summer quant
"""

# In the languages in which "IA" is artificial intelligence.
ROMANCE_INTERNSHIP: Final = """
stagiaire* | stagiair* | stage de | stage en | stage pfe | pfe | cesure | alternance | alternant* | contrat pro
stagista | stagisti | tirocinio | tirocinante | tirocini | tesista | tesi di laurea | tesi magistrale
practicas | becari* | beca | pasante* | pasantia* | practicante* | estudiante en practicas | trabajo fin de master
tfm
estagi* | estagio | menor aprendiz
"""

STUDENT: Final = "student | students | studentin | studentinnen | studenten | studierende* | etudiant* | estudiante*"

STAGE: Final = "stage"

PLACEMENT: Final = "placement"

SUMMER: Final = "summer | ete | sommer | verano | zomer | sommar"

# People who look after interns, and jobs that come after the internship.
NOT_INTERNSHIP: Final = """
intern program manager | intern program coordinator | intern program lead | intern program specialist
intern program director
intern program administrator | intern programme manager | intern programme coordinator | intern program associate
internship program manager | internship program coordinator | internship program lead
internship program specialist
internship program director | internship programme manager | internship manager | internship coordinator
internship director
head of intern* | director of intern* | manager of intern*
internship lead | internship specialist | internship advisor | internship adviser | internship officer
internship recruiter
intern coordinator | intern manager | intern recruiter | intern supervisor | intern mentor | intern lead
interns manager
intern recruitment | intern recruiting manager | internship recruitment | intern conversion
interns and new grads
internships and apprenticeships manager | former intern | former interns | past interns | for former interns
alumni interns
trainee program | trainee programme | traineeprogram* | management trainee | graduate trainee | sales trainee
manager trainee
management traineeship | trainee manager | executive trainee | leadership trainee | commercial trainee
trainee solicitor
trainee driver | driver trainee | trainee accountant | trainee recruitment | trainee consultant recruitment
doctoral thesis
phd thesis | doctoral student | phd student position | phd position | doktorand* | doctorand* | promotion
postdoc* | cifre | phd studentship
job placement | product placement | career placement | permanent placement | ad placement | media placement
placement officer
placement coordinator | placement manager | placement specialist | placement consultant | placement advisor
placement director
placement test | placement services | career placements
student success | student services | student affairs | student life | student recruit* | student loan*
student housing
student support | student engagement | student advisor | student adviser | student counsel* | student financ*
student ambassador
student athlete* | student outreach | student health | student experience | student relations | student accounts
student union
student center | student programs manager | student learning | student information | international student*
student teacher
student nurse | student teaching | student conduct | student records | student activities | student development
teach students | tutor students
new grad | new grads | new graduate | new college grad | new college graduate | recent graduate
university graduate
full time only | apprentice* | apprenti | ausbildung* | auszubildend* | azubi | duales studium | dualer student
dual student
"""

# Phrases that would otherwise be taken for something that they are not; they say nothing themselves.
NEUTRAL: Final = """
early stage | late stage | growth stage | seed stage | multi stage | final stage | back stage | center stage
sound stage
stage manager | stage management | stage technician | stage crew | stage hand | stage gate | stage director
stage lighting
any stage | stage startup | stage start | life stage | stage company | first stage | second stage | upper stage
stage 2 | stage 1
learning and development | learning development | learning experience | learning center | learning specialist
learning operations specialist | speech language patholog* | speech patholog* | speech therap*
speech and language therap*
speech language therap* | vision insurance | vision care | vision center | vision benefits | machine operator
ai first | ai native | ai powered | ai enabled | ai driven | ai assisted | ai based startup | ai augmented | ai ready
neural interface* | neural engineering | neural probe* | neural implant* | multimodal transport*
multimodal logistics
sign language | foreign language | second language | spanish language | english language | language learning app
data science fair | ai company | ai startup company | agent services | summer camp | summer school teacher
investment thesis | tech recruitment program* | recruitment program*
talent program* | campus recruitment | early talent | future talent | top talent | talent pool | talent community
talent network
"""

PERMANENT: Final = """
senior sr staff principal lead manager director head vp president chief permanent graduate camp start ii iii iv mid
"""
