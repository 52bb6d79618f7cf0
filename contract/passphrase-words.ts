/** Everyday Finnish words without ä, ö or å, so that any keyboard types them. */
export const passphraseWords: readonly string[] = `
aalto aamu aarre ahven airo aitta ajatus akseli alku allas alppi ananas ankka antenni apila appelsiini
aprikoosi arkki arpa asema askel astia atlas aukio aurinko avain avaruus baletti banaani basso betoni
bussi delfiini dyyni eden eilinen elefantti etana etappi eteinen evakko fasaani festivaali filmi
flamingo floora fregatti gaselli geeni gepardi gorilla haapa haarukka haikara hajuste hakku halko halli
halme hana hanhi hanki hansikas harakka harava harju harmaa harppu hattu hauki haukka hautomo heijastin
heimo helikopteri helmi hermo herne hevonen hiekka hiihto hiiri hiirihaukka hilla hillo hinaaja hirsi
hirvi hissi hius hopea horisontti huhta huhti huilu huippu huivi hulda hunaja huone huopa huurre hylje
idea ikkuna ilma ilo ilta ilves inkivaari jalka jalusta jasmiini joki jono jousi jugurtti juhannus juhla
jukola jumppa juna juoksu juoma juova juuri juusto kaakao kaali kaappi kaari kaarna kaide kaiku kainalo
kaisla kaivo kajakki kajo kala kalenteri kalkki kallio kalvo kamari kamera kamiina kana kanava kaneli
kanerva kannel kantele kanto kapteeni karamelli karhu karkki karpalo kartta karviainen kasari kasetti
kasvi kataja katajikko katto katu kaukalo kauppa kaupunki kaura kaveri keitto keksi kelkka kello kelta
kerho ketju keto kettu kiekko kielo kihara kiikari kiila kilpa kilpikonna kimppu kino kippari kirja
kirje kirkko kirsikka kirves kissa kitara kiuas kivi koala koivu kolibri kolmio kompassi konsertti koodi
kookos koppi korento kori koriste korkki korppi kortti koru koski kotilo kotka koto koulu krapu
krokotiili kruunu kuilu kukka kulho kulku kulma kummi kumpu kuoppa kuori kuoro kupari kuppi kurki kurkku
kurpitsa kuru kutoja kuu kuuma kuura kuusama kuusi kuutio kuvio laakso laatta laavu lahja lahti laina
laituri laiva lakana lakka lampi lamppu lanka lankku lapa lapanen lapio lato latu laturi latva laulu
lauta lautanen lautta lehmus lehti leijat leijona leima leipuri leiri lelu lempi leuku lihapulla liima
liitu lilja limetti linja linna linssi lintu lippu lista lohi loimu lokero loki loma lomake lossi
luistin luje lukko lumi lumikko lumme lummelampi luola luoto luotsi luumu luuta lyhty lyijy lyyra
maailma maali maanantai maestro magneetti maissi maito maja majakka majava makasiini makea malja mallas
malli mandariini mango mansikka marja markka marmori marraskuu marsu maski masto matka matto meduusa
meeri melodia meloni meno meri merkki mesi metri metro metso mikki mimosa minttu mittari moottori mopo
muki mukula mulperi multa mummo muna munkki muovi muro museo musiikki muska musta mustikka mutka mutteri
muuri mylly myrsky naali naapuri nahka nalle napa nappi narsissi naru nauha nauris neilikka neliapila
nelikko neste niini niitty nikkari noki nokka norppa norsu nostalgia notko nova nuija nukke numero nuoli
nuotio nuotti nuppu nurkka nurmi oboe ohra ohut oja oksa olka olki omena onki onni ooppera orava oregano
orkidea orvokki osa osuma otava otsa paanu paasi paikka paimen paita paju paketti pakka palapeli palkki
palko pallo palmu paltto papaija paperi paprika papu papukaija paraati paratiisi pari parila parsa parta
pasteija pata patja patsas patteri peli pelto penkki pensas peruna peukalo piha pihka piilo piippu
piirakka pikari pilari pilli pilvi pingviini pinta pioni piparkakku piste pitko planeetta poiju polku
poni poppeli porkkana poro portti posti pouta prisma pronssi puhelin puikko puisto pukki pulkka pullo
pulma pulu pumppu puna punos puolukka puomi purje purkka puro purtilo puska pussi putki putous puu puuro
puuska puutarha raita raitti raketti rampa ranta raparperi rapu rastas ratas ratsu rauha rauta reitti
reki rengas renki retki reuna riemu rieska riisi rikka rinki rinne ritari roihu rosmariini ruis rukkanen
rukki rulla rumpu runko runo ruoho ruori ruusu ruutu ryhti saapas saari saha sahrami saippua sakset
salaatti salama salko salmi salmiakki samba sammal sampo sana sandaali sarana sarka sarvi satama
sateenkaari satula sauna sauva savi savu seilori sellisti semla seppele sieni siili siima siipi siirappi
silakka silkki silli silo silta simpukka sininen sipuli sireeni sirkka sirppi sisko sitruuna sohva
soihtu sointu soitto sora sorsa sudenkorento suka sukka suklaa suksi suola suomu suppilo surffi susi
suunta suvi taate taide taika taimen taimi taivas takka tammi tanko tanssi tapuli tarha tarina tarra
tasku tassu tattari tatti tauko taulu tavu teatteri teeri teltta tiikeri tiimalasi tiira tikka tilli
timjami timotei tina tippa tiski titaani tiu tofu tomaatti tonttu tori torni torvi toukka toukokuu tuhka
tuikku tuisku tuki tukki tuli tulppaani tunturi tuohi tuoli tuomi tupa turbo turska turve tuuli tyrni
tyrsky tyyni uhma uimari uistin ukkonen ulappa ulpukka unelma uni untuva uoma utu uuni vaahtera vaaka
vaara vadelma vaja vakka valas valo vana vanamo vanilja vanne varis varpu varsa varvikko vasara vasikka
vati vatkain vaunu vehka velho vene veranta verho verkko vesi viesti vihanta vihko viikari viiri viitta
vilja villa vinkki violetti virkku virta viulu voikukka voima vuohi vuono vuori vyyhti
`
  .trim()
  .split(/\s+/)
