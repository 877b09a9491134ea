"""The words that say "machine learning" in a title, in the languages of the leads."""

from typing import Final

AI: Final = """
ai | artificial intelligence | genai | generative ai | gen ai | agentic | agentic ai | aigc | agi | aiml | aiops
ai agent | ai agents
artificial general intelligence | generative artificial intelligence | machine ai | xai | ki
kunstliche intelligenz
kunstlicher intelligenz | kunstlichen intelligenz | intelligence artificielle | inteligencia artificial
intelligenza artificiale
kunstmatige intelligentie | sztuczn* inteligencj* | artificiell intelligens | kunstig intelligens | tekoaly*
umel* inteligenc*
yapay zeka | искусственн* интеллект* | 人工智能 | 人工知能 | 人工智慧 | 인공지능 | generative models | data ai
"""

# "IA" is artificial intelligence in French, Spanish, Portuguese and Italian, and Iowa or internal audit in English.
ROMANCE_AI: Final = "ia"

ROMANCE: Final = """
de | et | en | para | por | con | em | di | della | pour | engenh* | ingegner* | cherch* | investigador*
pesquisador* | cientista* | donnees | datos | dados | dati | generative | appliquee
"""

FIELD: Final = """
machine learning | machine learing | machine leaning | machine learn* | ml | dl engineer* | dl compiler*
dl framework* | dl intern* | dl performance
deep learning | deep neural | deep reinforcement | reinforcement learning | rl intern* | rl research*
rl training | rl algorithm*
rl environment* | rlhf | representation learning | statistical learning | imitation learning | robot learning
robotic learning | robotics learning
federated learning | continual learning | transfer learning | supervised learning | self supervised
unsupervised learning
embodied learning | multimodal learning | contrastive learning | causal learning | learning algorithm*
learning based | policy learning
neural network* | neural net* | neural render* | neural field* | neural engine | neural radiance | neural speech
neural machine | graph neural | gnn
foundation model* | world model* | world action model* | language model* | scale language | llm | llms | slm | vlm
vlms | vla | vlas | mllm | llmops
vision language | large model* | generative model* | diffusion model* | post training | posttraining
pre training llm | pretraining | pre training model*
fine tuning | finetuning | ai safety | ai alignment | interpretability | model behavior | model behaviour
prompt engineer*
data science | data sciences | datascience | decision science | decision sciences | data mining | text mining
data science*
predictive model* | predictive analytics | predictive science* | predictive maintenance | predictive intelligence
predictive algorithm* | time series | forecasting model*
prediction | predictions
natural language | nlp | nlu | nlg | language technolog* | human language | computational linguist*
machine translation | text analytics
conversational | chatbot* | information retrieval | knowledge representation | speech | asr | tts engineer*
tts model* | text to speech | voice recognition | voice synthesis
multimodal | multi modal | computer vision | computervision | machine vision | robot vision | applied vision
vision algorithm* | vision engineer*
vision scientist* | vision research* | vision system* | vision software | vision transformer* | vision learning
vision perception
vision foundation | vision model* | vision and language | 3d vision | cv ml | cv engineer* | cv algorithm*
cv research* | cv scientist* | cv intern*
ds intern* | ds coop | ds ml | ds engineer* | cv nlp | nlp cv | cv deep | perception | image analysis
image recognition | image understanding | image segmentation | image generation
image classification | image processing | video understanding | video generation | video analytics
visual recognition | visual learning
visual perception | visual search | visual understanding | object detection | pose estimation | 3d reconstruction
scene understanding
document ai | ocr | optical character | embodied | large behavior | large behaviour | ai for science
ai for drug* | ai drug discovery | drug discovery ai | physical ai | machine intelligence | mlops | ml ops | mlsys
recommend* | ranking | relevance | personalization | personalisation | applied science | applied sciences
maschinelle* lern* | maschinelle* sehen | datenwissenschaft* | bildverarbeitung | bilderkennung
sprachverarbeitung | spracherkennung
tiefes lernen | neuronale* netz* | apprentissage automatique | apprentissage profond | apprentissage machine
apprentissage par renforcement | vision par ordinateur | traitement du langage | traitement automatique
science des donnees
sciences des donnees | aprendizaje automatic* | aprendizaje profundo | aprendizaje de maquina* | ciencia de datos
vision artificial
vision por comput* | procesamiento de lenguaje | aprendizado de maquina* | ciencia de dados | visao computacional
apprendimento automatico | scienza dei dati | visione artificiale | machinaal leren | machineleren
uczeni* maszynow*
maskininlarning* | maskinlæring* | koneoppimi* | konenako* | strojov* uceni | strojov* ucenie | makine ogrenmesi
машинн* обучени*
机器学习 | 機器學習 | 深度学习 | 強化学習 | 强化学习 | 自然语言 | 计算机视觉 | 大模型 | 多模态 | 推荐算法 | 推荐
数据科学 | 算法实习 | 算法工程师 | 机器视觉
機械学習 | 深層学習 | データサイエン | 自然言語 | 画像認識 | コンピュータビジョン | 머신러닝 | 딥러닝
데이터사이언 | 데이터 사이언 | 자연어 | 컴퓨터비전 | 컴퓨터 비전
"""

# An occupation in machine learning: it stands against the name of a trade or a department that comes after it.
ROLE: Final = """
machine learning engineer* | machine learning scientist* | machine learning research*
machine learning developer* | machine learning software
machine learning systems | machine learning compiler* | machine learning infra* | machine learning platform*
machine learning system engineer*
ml engineer* | ml scientist* | ml research* | ml developer* | ml software | ml systems | ml compiler* | ml infra*
ml platform* | mle | mlops engineer*
deep learning engineer* | deep learning research* | deep learning scientist* | deep learning software
deep learning compiler*
reinforcement learning engineer* | reinforcement learning research* | rl engineer* | rl scientist*
data scientist* | data science engineer* | decision scientist* | datascientist* | applied scientist* | applied ml
applied machine learning
applied data scientist* | ai engineer* | ai eng | ml eng | ai scientist* | ai research | ai researcher*
ai developer | ai developers | ai development | ai software
ai programmer* | ai compiler* | ai kernel* | ai inference | ai ml engineer* | ai ml scientist* | ai ml research*
ai ml developer*
ai machine learning engineer* | llm engineer* | llm research* | nlp engineer* | nlp scientist* | nlp research*
nlp developer* | computer vision engineer*
computer vision scientist* | computer vision research* | computer vision software | computer vision developer*
perception engineer*
perception software | speech scientist* | speech engineer* | speech research* | artificial intelligence engineer*
artificial intelligence research*
artificial intelligence developer* | generative ai engineer* | generative ai research* | generative ai developer*
genai engineer*
genai developer* | genai research* | gen ai engineer* | gen ai developer* | agentic ai engineer*
ai agent engineer* | ai agent developer*
ki entwickl* | ki ingenieur* | cientista de dados | cientifico de datos | cientifica de datos
scientifique des donnees
data wissenschaftler* | datenwissenschaftler*
"""

RESEARCH_SCIENTIST: Final = """
research scientist | research scientists | research science | research scientist* | research engineer scientist
"""

RESEARCH: Final = """
research | researcher | researchers | forschung* | recherche | investigacion | pesquisa | ricerca
"""

AUTONOMY: Final = """
autonomous driving | autonomous vehicle* | self driving | autonomous systems | automated driving | autonomy
"""

TECHNICAL: Final = """
engineer | engineers | engineering | developer | developers | programmer | programmers | software | swe | sde
scientist | scientists
devops | fullstack | full stack | backend | frontend | computer science | computing | programming | entwickl*
ingenieur* | developpeu*
desarrollador* | desenvolvedor* | sviluppatore | ingenier* | softwareentwickl* | informatik* | coding
"""
