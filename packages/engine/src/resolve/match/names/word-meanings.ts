/**
 * Common words of names, in the languages that Netflix is most read in: what a line holds means about the same, its first word stands
 * for it. Without accents; a word that ends in "-" may go on by some letters. No names of works: only what a small dictionary has.
 */
const LINES = `
love amour- amor- amore liebe liefde kaerlighed karlek- kjaerlighet lask- milosc- ask aski- sevgi- 愛 恋
heart coeur- corazon- corac- cuore herz- hart hjerte- hjart- srdc- serc- kalp kalbi- yurek 心
life vie vida- vita leben- leven- liv- zivot- zyci- hayat- 人生 生活
death mort muerte- morte tod todes- dood- dod- doed- smrt- smierc- olum- 死
dead morts muert- mortos tot toten doden mrtv- umarl- zmarl- olu oluler
murder murders meurtre- asesinat- assassinat- mord- moord- vrazd- morderstw- cinayet- 殺人
killer killers tueu- assassin- asesin- matador- zabij- vrah- zaboj- katil- morder- moordenaar- 殺し屋
kill tuer matar toten doden zabit oldur-
crime crimes crim- verbrechen misdaa- forbryd- zlocin- zbrodn- suc suclar 犯罪
blood sang sangre sangu- blut- bloed- blod- krev krv- krew krwi kan kanli 血
war wars guerre- guerra- krieg- oorlog- krig- valk- wojn- savas- 戦争
peace paix paz pace frieden vrede- fred mir pokoj baris-
king kings roi rois rey reyes rei reis koenig- konig- koning- konge- kung- kral- krol- 王
queen queens reine- reina- rainha- regina konigin- koningin- dronning- drottning- kralovn- krolow- kralice- 女王
prince princ- prins- prinz- principe- princip- ksiaze- prens- 王子
princess princess- princesa- prinses- prinzess- princezn- ksieznicz- prenses- 姫
kingdom royaum- reino- regno konigreich- koninkrijk- kongerige- kralovstv- krolestw- krallik- kralligi 王国
empire empir- imperi- reich rijk- imparatorlu- 帝国
god dieu- dios- deus- gott- guds buh bog bogow tanri- 神
devil diable- diabl- diabo- teufel- duivel- djaevel- djavul- dabel- seytan- 悪魔
angel ange anges angel- anjo- angelo engel- andel- aniol- melek- 天使
monster monster- monstre- monstru- monstro- priser- potwor- canavar- 怪物
ghost ghosts fantome- fantasma- geist- gespenst- spoge- spook- duch- hayalet- 幽霊
witch witches sorcier- bruja- bruxa- strega- hexe- heks- carodej- wiedzm- czarownic- cadi- 魔女
wizard magician- sorcier mago magier zauber- tovenaar- troldmand- carodej kouzeln- czarodziej- buyucu- 魔法使い
magic magi- magie magiq- magico- zauber kouzl- buyu- 魔法
dragon dragon- dragao drachen- draak drage- drake- drak- smok- ejderha- 竜 龍
wolf loup- lobo- lupo wolv- ulv- varg- vlk- wilk- kurt kurtlar 狼
dog dogs chien- perro- cachorr- cane hund- hond- pes psi psa pies kopek- 犬
cat cats chat chats gato- gatto- katze- kater katt- kat kock- kot koty kedi- 猫
horse cheval- chevaux caball- cavalo- pferd- paard- hest- kun kone kon at atlar 馬
bird birds oiseau- pajaro- passaro- vogel- fugl- fagel- ptak- kus kuslar- 鳥
bear ours oso osos urso- baer- beer bjorn- medved- niedzwied- ayi 熊
lion lions lion- leon leones leao leoes lowe- leeuw- love lejon- lev lvi lvic- lew aslan-
man men homme- hombre- homem uomo mann- mand- muz muze czlowiek- mezczyzn- adam- erkek 男
woman women femme- mujer- mulher- donna frau- vrouw- kvinde- kvinn- zena zeny zen kobiet- kadin- 女
girl girls fille- chica- nina- menina- garota- ragazza- madchen meisje- pige- flick- jente- divk- holk- dziewcz- kiz kizlar- 少女
boy boys garcon- chico- nino- menin- garoto- ragazzo- junge- jongen- dreng- pojk- gutt- kluk- chlap- chlop- oglan- 少年
child children enfant- nino ninos crianc- bambin- kind- born barn- deti dite dziec- cocuk- 子供
baby bebe- babies miminko dziecko bebek- 赤ちゃん
family famili- famill- rodin- aile- perhe 家族
father pere peres padre- papa pai vater- vader- far fars otec otce ojciec- baba- 父
mother mere meres madre- mama mae mutter- moeder- mor mors matk- anne annem annesi 母
son fils hijo- filho- figlio sohn- zoon son sonner syn synov- ogul- oglu 息子
daughter fille- hija- filha- figlia tochter- dochter- datter- dotter- dcer- cork- kizi 娘
brother brothers frere- hermano- irmao- fratell- bruder- bruder broer- bror- brod- brat- kardes- 兄弟
sister sisters soeur- hermana- irma irmas sorell- schwester- zus- soster- syster- sestr- siostr- kiz-kardes 姉妹
wife epous- esposa- moglie ehefrau- hustru- manzelk- zona zony kari
husband mari maris marido- marito ehemann- echtgeno- manzel maz koca-
friend friends ami amis amie- amig- amic- freund- vriend- ven venner van vanner pratel- kamarad- przyjaci- arkadas- dost 友達 友
enemy ennemi- enemig- inimig- nemic- feind- vijand- fjend- fiend- nepritel- wrog- dusman- 敵
house maison- casa- haus haeuser huis- hus huset dum domu dom domy ev evi 家
home maison hogar lar zuhause thuis hjem- hem hemma domov- domu yuva- eve
city ville- ciudad- cidade- citta stadt- stad- by byen mest- miasto miasta sehir- 都市 街
town village- pueblo- aldea- vila dorf- dorp- landsby- vesnic- wies kasaba koy 村 町
street rue rues calle- rua ruas strada strasse- straat- gade- gata- gate- ulic- sokak- 通り
school ecole- escuela- escola- scuola schul- school- skole- skol- skola skoly szkol- okul- 学校 学園
hospital hopital hopita- hospital- krankenhaus ziekenhuis sygehus- nemocnic- szpital- hastane- 病院
church eglise- iglesia- igreja- chiesa kirch- kerk- kirke- kyrk- kostel- kosciol- kilise- 教会
prison prison- carcel- prisao presidio- prigione gefang- gevang- faengsel- fangels- vezen- wiezien- hapishane- 監獄 刑務所
island ile iles isla islas ilha- isola insel- eiland- ostrov- wysp- ada adasi 島
sea mer mers mar mares mare meer zee hav havet more mor morz- deniz- 海
ocean ocean- oceano- okyanus- 海洋
river fleuve- riviere- rio rios fiume fluss- rivier- flod- elv- rek- reky rzek- nehir- irmak 川
lake lac lago lagos lago see seen meer jezer- jezior- gol golu 湖
mountain mountains montagn- montana- montanha- berg- bjerg- fjell hor hora hory gor gory dag daglar- 山
forest foret- bosque- floresta- foresta wald- bos skov- skog- les lesy las lasy orman- 森
garden jardin- jardi- giardin- garten- tuin- have haven tradgard- zahrad- ogrod- bahce- 庭
desert desert- deserto- wuste- woestijn- orken- oken- pust- poust- col colu 砂漠
world monde- mundo- mondo welt- wereld- verden- varld- svet- swiat- dunya- 世界
earth terre- tierra- terra- erde- aarde- jord- zem zeme ziemi- 地球
planet planet- gezegen- 惑星
sky ciel- cielo- ceu himmel- hemel- nebe nebes niebo gok gokyuzu 空
heaven paradis paraiso himmel- nebes- niebios- cennet- 天国
hell enfer- infiern- infern- holle- hel helvede- helvet- peklo pekel- piekl- cehennem- 地獄
sun soleil sol sole sonne- zon zonne- solen slunc- slonc- gunes- 太陽
moon lune- luna- lua mond- maan- maane- mane- mesic- ksiezyc- ay ayi 月
star stars etoile- estrell- estrela- stella stelle stern- sterren stjern- stjarn- hvezd- gwiazd- yildiz- 星
fire feu feux fuego- fogo- fuoco feuer- vuur- brand ild ohen ohn- ogien- ogni- ates- 火 炎
water eau eaux agua- acqua wasser- water- vand vatten- vann vod voda vody wod woda wody su sular 水
ice glace- hielo- gelo ghiaccio eis ijs is led ledov- lod lodow- buz 氷
snow neige- nieve- neve schnee- sneeuw- sne sno snih snez- snieg- kar 雪
rain pluie- lluvia- chuva- pioggia regen- regn- dest- deszcz- yagmur- 雨
storm tempet- tormenta- tempestad- tempesta sturm- bour- burz- firtina- 嵐
wind vent vento- viento- wind- vind- vitr- wiatr- ruzgar- 風
light lumiere- luz luces luce licht- lys ljus- svetl- swiatl- isik- 光
dark sombre- oscur- escur- sombri- dunkel- donker- mork- temn- ciemn- karanlik- 暗
darkness tenebre- oscuridad- escuridao trevas finsternis duisternis morke- temnot- ciemnosc- karanlik 闇
shadow shadows ombre- sombra- ombra schatten- schaduw- skygge- skugg- stin- stinu cien- golge- 影
night nights nuit- noche- noite- notte nacht- nat natt- natten noc noci nocy nocn- gece- 夜
day days jour- dia dias giorno- tag tage dag dagen dage den dny dni dnia dzien gun gunler- gunu 日
morning matin- manana- manha mattina morgen- morgon- rano poran- sabah- 朝
year years annee- ano anos anni jahr- jaar- aar ar rok rokem lat lata yil 年
summer ete verano- verao estate sommer- zomer- sommar- leto leta lato yaz 夏
winter hiver- invierno- inverno- winter- vinter- zim zima zimy zimn- kis 冬
spring printemps primavera- fruhling- lente forar- var jar jaro jara wiosn- ilkbahar bahar 春
christmas noel navidad- natal- natale weihnacht- kerst- jul jule- vanoc- swieta swiatecz- クリスマス
time temps tiempo- tempo- zeit- tijd- tid tiden cas casu czas czasu zaman- 時間 時
history histoire- historia- geschiedenis geschichte- historie- dejiny tarih- 歴史
story stories histoire- historia- storia geschicht- verhaal- histori- pribeh- opowies- hikaye- oyku- 物語
tale tales conte- cuento- conto- fiaba marchen- sprook- eventyr- saga- pohad- bajk- masal-
chronicle chronicl- chroniq- cronic- chronik- kroni- kronick- gunluk- 記
diary journal diario- tagebuch- dagboek- dagbog- dagbok- denik- pamietnik- gunlug-
secret secrets secret- segred- geheim- hemmelig- hemlig- tajem- taj- sekret- sir sirlar- gizli- 秘密
mystery myster- mister- mysteri- zahad- tajemnic- gizem- 謎
truth verite- verdad- verdade- verita wahrheit- waarheid- sandhed- sanning- pravd- prawd- gercek- 真実
lie lies mensonge- mentira- menzogn- lugen- luge leugen- logn- lgn- lez- lzi klamstw- yalan- 嘘
dream dreams reve reves sueno- sonho- sogn- traum- droom- drom- sen sny sni marzen- ruya- hayal- 夢
fear peur- miedo- medo paura angst- fryg- strach- korku- 恐怖
hope espoir- esperan- speranz- hoffnung- hoop hab hopp nadej- nadziej- umut- 希望
joy joie- alegr- alegria gioia freude- vreugde- glaed- gladje radost- radosc nese-
anger colere- ira furia raiva wut woede vrede- hnev- gniew- ofke-
revenge vengeance- vengan- vinganc- vendett- rache- wraak- haevn- hamnd- hevn- pomst- zemst- intikam- 復讐
justice justic- giustiz- gerechtig- gerechtigheid- retfaerdig- rattvis- spravedlnost- sprawiedliw- adalet- 正義
law loi lois ley leyes lei leis legge gesetz- wet lov loven lag lagen zakon- prawo prawa kanun- yasa- 法
judge juge juez juiz giudice richter- rechter- dommer- domare- soudc- sedzia- hakim- yargic-
lawyer avocat- abogad- advogad- avvocat- anwalt- advoca- advokat- pravni- prawnik- avukat- 弁護士
police polic- poliz- polit- polis- 警察
detective inspecteur- detectiv- detetive- detektiv- detektyw- dedektif- 刑事 探偵
doctor docteur- medecin- medico- doutor- dottor- arzt doktor- lekar- lekarz- hekim- 医者 医師 ドクター
teacher professeur- profesor- professor- maestr- lehrer- leraar- larer- larar- ucitel- nauczyciel- ogretmen- 先生 教師
student etudiant- estudiante- estudante- student- ogrenci- 学生
president president- presidente- prezydent- prezident- baskan- 大統領
minister ministre- ministro- minister- ministr- bakan-
soldier soldat- soldad- soldado- voják- vojak- zolnierz- asker- 兵士
army armee- ejercit- exercit- esercit- armee leger- haer armad- wojsk- ordu-
warrior guerrier- guerrer- krieger- strijder- kriger- krigare- bojovn- valecn- wojown- savasci- 戦士
knight knights chevalier- caballero- cavaleir- cavalier- ritter- ridder- riddar- rytir- rycerz- sovalye- 騎士
hero heroes heros heroe- heroi- eroe eroi held- helte- hjalt- hrdin- bohater- kahraman- 英雄 ヒーロー
spy spies espion- espia- espiao spia spion- spion- szpieg- casus- ajan- スパイ
agent agents agent- agente- ajan-
thief thieves voleur- ladron- ladrao- ladri- dieb- dief dieven tyv- tjuv- zlodej- zlodziej- hirsiz- 泥棒
hunter hunters chasseur- cazador- cacador- cacciator- jager- jaeger- jagare- lovec- lovc- mysliw- lowc- avci- ハンター
pirate pirates pirat- piratas- korsan- 海賊
ninja ninja-
samurai samura- 侍
cowboy vaquer- kovboj- kowboj-
money argent dinero- dinheir- denaro geld- pengar- penge- penize- penez- pieniadz- pieniedz- para- 金
gold or oro ouro gold- goud- guld- gull zlat- zlot- altin- 黄金
diamond diamonds diamant- brillant- elmas- ダイヤモンド
treasure tresor- tesor- schatz- schat skat- skatt- poklad- skarb- hazine- 宝
paper papier- papel- carta papir- papper- kagit- 紙
letter letters lettre- carta- lettera brief- brev- dopis- list listy mektup- 手紙
book books livre- libro- livro- buch- boek- bog boger bok boken knih- ksiazk- kitap- 本
game games jeu jeux juego- jogo- gioco spiel- spel spil- hra hry hru gra gry oyun- ゲーム
dance danse- baile- danca- ballo tanz- dans- danc- tanec- tanc- taniec- dans 踊り ダンス
song songs chanson- cancion- canca- canzone lied- sang- pisen- pisn- piosenk- sarki- 歌
music musiq- music- musik- muzi- muzy- muzik- 音楽
party fete- fiesta- festa- feest- fest- party- imprez- vecir- parti- パーティ
wedding mariage- boda- casament- matrimoni- hochzeit- bruiloft- huwelijk- bryllup- brollop- svatb- svateb- slub- wesel- dugun- 結婚
marriage mariage casament matrimonio ehe huwelijk aegteskab manzelstv- malzenstw- evlilik-
kiss baiser- beso- beijo- bacio kuss- kus kys kyss- polib- polibek- pocalun- opucuk- キス
sex sexe sexo sesso sexual- seksual- sexuel- sexualn- seks
education educat- educac- educaz- erziehung opvoeding- uddannelse vychov- edukac- egitim- 教育
body corps cuerpo- corpo- korper- lichaam- krop- kropp- tel telo tela cial- vucut beden- 体
head tete- cabeza- cabeca- testa kopf- hoofd- hoved- huvud- hlav- glow- kafa- bas 頭
eye eyes oeil yeux ojo ojos olho- occhi- auge- ogen oog oje ojne ogon oci oko oczy goz gozler- 目
hand hands main mains mano manos mao maos hand- haand- ruk- ruce rek- reka el eller 手
mind esprit- mente- mens geist- sind sinn- mysl- umysl- zihin- akil- 心理
soul ame ames alma- anima seele- ziel- sjael- sjal- dus duse dusi dusz- ruh- 魂
name nom noms nombre- nome- namen- naam- navn- namn- jmen- imi- ad adi isim- 名前
face visage- rostro- rosto- volto gesicht- gezicht- ansigt- ansikt- tvar- twarz- yuz yuzu 顔
voice voix voz voces vozes voce stimm- stem stemme- rost- hlas- glos- ses sesi- 声
door porte- puerta- porta- tur deur dor dorr- dver- drzwi kapi- 扉
window fenetre- ventana- janela- finestra fenster- venster- raam vindue- fonster- okno okna pencere- 窓
chamber chambre camara kammer- kamer komnat- oda odasi
room chambre- habitacion- quarto stanza zimmer- kamer- vaerelse- rum pokoj- oda odasi 部屋
road route- camino- estrada- carretera- strada weg wege vej vejen vag vagen cest- silnic- drog- yol yolu yollar 道
way chemin- camin- caminh- via weg wege vej vag cesta droga yol
journey voyage- viaje- viage- viag- reise- reis rejse- resa- cest- podroz- yolculuk- 旅
train trains tren tren- trem treni zug zuge trein- tog tag vlak- pociag- 列車 電車
car cars voiture- coche- carro- auto- wagen- bil bilen samochod- araba- 車
ship bateau- navire- barco- navio- nave schiff- schip- skib- skepp- lod lodi statek- gemi- 船
plane avion- aviao- aereo flugzeug- vliegtuig- fly letadl- samolot- ucak- 飛行機
space espace- espacio- espac- spazio weltraum- ruimte- rum rymd- vesmir- kosmos- kosmic- uzay- 宇宙
machine machine- maquina- macchina maschin- maskin- stroj- maszyn- makine- マシン
power pouvoir- poder- potere macht- kracht makt- magt moc moci guc gucu- 力
strong fort forte- fuert- stark- sterk- staerk- siln- guclu- 強い
black noir- negr- preto- preta nero schwarz- zwart- sort- svart- cern- czarn- kara siyah- 黒 ブラック
white blanc- blanco- branc- bianc- weiss- wit witte hvid- vit vita bil- bile bial- beyaz- 白 ホワイト
red rouge- rojo- roja- vermelh- rosso- rot rote- rood- rode- rod- cerven- rud- czerwon- kirmizi- kizil- 赤 レッド
blue bleu- azul- azzurr- blau- blauw- bla modr- niebiesk- mavi- 青 ブルー
green vert verte- verde- gruen- grun- groen- gron- zelen- zielon- yesil- 緑 グリーン
grey gray gris- cinz- grau- grijs- gra sed- sediv- szar- gri
yellow jaune- amarill- amarel- giall- gelb- geel- gul gula zlut- zolt- sari 黄
pink rose rosa- ruzov- rozow- pembe- ピンク
new nouveau- nouvel- nuev- nov- nuov- neu neue- nieuw- ny nya nyt nowy nowa nowe yeni- 新 ニュー
old vieux- vieil- viej- velh- vecch- alt alte- oud- gammel- gamla stary stare- stara- eski yasli- 古い
young jeune- joven- jovem- jovens- giovan- jung- jong- ung unga unge- mlad- mlod- genc- 若い ヤング
good bon bons bonne- buen- bom boa bons buon- gut gute- goed- god gode- goda dobr- iyi- グッド
bad mauvais- mal mala malo- mau maus cattiv- schlecht- slecht- darlig- spatn- zly zla zle kotu- 悪い
big grand- grande- gross- groot- grote stor stora store- velk- wielk- duz- buyuk- 大きい ビッグ
little petit- pequen- piccol- klein- lille- lilla liten maly mala male kucuk- 小さな リトル
long longue- larg- lung- lang- dlouh- dlug- uzun-
last dernier- ultim- letzt- laatst- sidst- sist- posledn- ostatn- son sonuncu- 最後 ラスト
first premier- primer- prim- erst- eerst- forst- prvni- pierwsz- ilk 最初 ファースト
next prochain- proxim- prossim- nachst- volgend- naest- nast- dals- nastepn- sonraki- 次
second deuxiem- second- segund- zweit- tweed- anden andra druh- drug- ikinci-
third troisiem- tercer- terceir- terz- dritt- derd- tredj- tret- trzec- ucuncu-
final final- finale- finaln-
end fin fim fine ende- einde- slut- slutn- konec- konc- koniec- son sonu 終わり
beginning debut- commencement- principio- comienzo- comec- inizi- anfang- begin- begynd- borjan- zacat- poczat- baslangic- 始まり
return retour- regres- retorn- ritorn- ruckkehr- terugkeer- tilbage- aterkomst- navrat- powrot- donus- geri 帰還
fall chute- caida- queda- caduta fall- val fald- pad padu upad- dusus-
rise ascens- auge- ascension- ascensao- aufstieg- opkomst- vzestup- narodziny- yukselis-
lost perdu- perdid- pers- verloren- verlor- forsvund- tabt- forlora- ztrac- zagin- kayip- kayb- ロスト
found trouve- encontrad- trovat- gefund- gevonden-
hidden cache- oculto- oculta- nascost- versteckt- verborgen- skjult- dold- skryt- ukryt- sakli-
dangerous dangereu- peligros- perigos- pericolos- gefahrlich- gevaarlijk- farlig- nebezpecn- niebezpieczn- tehlikeli- 危険
danger danger- peligro- perigo- pericol- gefahr- gevaar- fare- fara- nebezpec- niebezpieczen- tehlike-
perfect parfait- perfect- perfeit- perfett- perfekt- dokonal- doskonal- mukemmel- 完璧 パーフェクト
beautiful beau belle- hermos- bell- lind- schon- mooi- smuk- vacker- vackra krasn- piekn- guzel- 美しい
beauty beaute- belleza- beleza- bellezza schonheit- schoonheid- skonhed- skonhet- kras- pieknosc- guzellik- 美女
crazy fou fous folle- loco loca loucos- louc- pazz- verruckt- gek- skor tossed- galen- blazn- siln- szalon- deli- cilgin- クレイジー
happy heureu- feliz- felic- glucklich- gelukkig- lykkelig- lycklig- stastn- szczesliw- mutlu- 幸せ
sad triste- trist- traurig- verdrietig- smutn- uzgun-
free libre- livre- liber- frei- vrij- fri fria frie svobodn- woln- ozgur- 自由
freedom liberte- libertad- liberdade- freiheit- vrijheid- frihed- frihet- svobod- wolnosc- ozgurluk-
alone seul- solo- sola- sozinh- allein- alleen- alene ensam- sam sama samotn- yalniz-
wild sauvage- salvaj- selvag- selvagg- wild- vild- divok- dzik- vahsi- ワイルド
forbidden interdit- prohibid- proibid- proibit- verboten- verbod- forbud- forbjud- zakazan- yasak- 禁断
impossible imposs- impossib- unmoglich- onmogelijk- umulig- omojlig- nemozn- niemozliw- imkansiz- 不可能
invisible invis- invisib- unsichtbar- onzichtbaar- usynlig- osynlig- neviditeln- niewidzialn- gorunmez- 見えない
immortal immort- inmort- imort- unsterblich- onsterfelijk- udodelig- ododlig- nesmrteln- niesmierteln- olumsuz- 不死
deadly mortel- mortal- mortai- letal- todlich- dodelijk- dodbring- dodlig- smrteln- smiertel- olumcul-
human humain- human- umano menschlich- mensch- mens menneske- mannisk- lidsk- clovek- ludzk- insan- 人間
people gens gente- pessoas- leute mensen folk- lide lidi ludz- insanlar-
alien aliens extraterrest- alien- ausserird- mimozem- kosmit- uzayli- 宇宙人 エイリアン
robot robot- robo- ロボット
vampire vampir- vampyr- upir- wampir- 吸血鬼 ヴァンパイア
zombie zombi- ゾンビ
doll poupee- muneca- boneca- bambol- puppe- pop poppen dukke- dock- panenk- lalk- bebek- 人形
toy toys jouet- juguet- brinquedo- giocattol- spielzeug- speelgoed- legetoj- leksak- hrack- zabawk- oyuncak- おもちゃ
super super- スーパー
american american- americain- amerik- ameryk- アメリカン
english angl- ingles- engl- anglick- angielsk- ingiliz-
french franc- frances- franz- frans- francouz- francusk- fransiz-
german allem- aleman- alemao- tedesc- deutsch- duits- tysk- nemeck- niemieck- alman- 
north nord- norte- noord- sever- polnoc- kuzey- 北
south sud sur sul suden zuid- syd- soder- jih jizn- jihu poludni- guney- 南
east est este leste osten oost- ost ostra vychod- wschod- dogu 東
west ouest oeste ovest westen vest vaster zapad- zachod- bati 西
line ligne- linea- linha- linie- lijn- linj- lini- car- cizgi-
circle cercle- circul- cerchi- kreis- cirkel- kruh- krag- daire- サークル
ring anneau- anillo- anel- anello ring- prsten- pierscien- yuzuk- リング
sword epee- espada- spada schwert- zwaard- svaerd- svard- mec mece miecz- kilic- 剣
gun pistolet- pistola- arma- pistole- gewehr geweer- vaben vapen pistol- zbran- bron silah- 銃
bullet balle- bala- proiettile kugel- kogel- kugle- kula kulk- kursun-
bomb bombe- bomba- bom bommen bomb- 爆弾
trap piege- trampa- armadilha- trappola falle- val valstrik- faelde- falla- past- pulapk- tuzak- 罠
fight combat- lucha- luta- lotta kampf- gevecht- strijd- kamp- boj boje walk- dovus- kavga- 戦い ファイト
battle bataille- batall- batalh- battagli- schlacht- slag slaget bitv- bitw- savas 戦
attack attaque- ataqu- attacc- angriff- aanval- angreb- attack- utok- atak- saldiri- 攻撃
escape evasion- escap- fuga- fuga- flucht- ontsnap- flugt- flykt- utek- uciecz- kacis- 脱出
survivor survivant- sobreviv- uberleb- overlev- prezit- prezi- ocalal- hayatta-kalan
victim victime- victima- vitima- vittim- opfer- slachtoffer- offer- obet- ofiar- kurban- 犠牲者
witness temoin- testig- testemunh- testimon- zeug- getuige- vidne- vittne- sved- swiad- tanik- 目撃者
prisoner prisonnier- prisioner- prigionier- gefangen- gevangen- fange- fange- vezen- wiezn- mahkum- 囚人
stranger etranger- extran- estranh- stranier- fremd- vreemd- fremmed- framling- cizin- ciz- obcy- obc- yabanci- 見知らぬ
neighbor neighbour voisin- vecin- vizinh- vicin- nachbar- buur- buren nabo- grann- soused- sasiad- komsu- 隣人
boss patron- jefe- chefe- capo chef- baas sef sefow szef- patron-
captain capitain- capitan- capita- kapitan- kapitein- kaptajn- kapten- kaptan- キャプテン
master maitre- maestro- mestre- meister- meester- mester- mastare- mistr- mistrz- usta- マスター
artist artist- umelec- umelc- sanatci-
art arte- kunst- konst- umen- sztuk- sanat- 芸術
chef cook cuisinier- cocin- cozinheir- cuoco koch- kok kokken kuchar- kucharz- asci- シェフ
kitchen cuisine- cocina- cozinha- cucina kuche- keuken- kokken- kok kuchyn- kuchn- mutfak- キッチン
food nourriture- comida- cibo essen eten mad mat jidl- jedzeni- yemek- 食 フード
cake gateau- pastel- bolo torta kuchen taart- kage- tart- dort- ciast- pasta-
coffee cafe- kaffee- koffie- kaffe- kava- kaw- kahve- コーヒー
wine vin vino- vinho- wein- wijn- vin vin- wino wina sarap- ワイン
drug drugs drogue- droga- droge- drug- stof narkotik- uyusturucu- 麻薬 ドラッグ
sell vendre- vender- vendre verkauf- verkop- saelg- salja prodat- sprzed- sat-
buy acheter- compr- kauf- kop kob kopa koup- kup- sat
holiday vacances vacacion- ferias- vacanz- urlaub ferien vakantie- ferie- semester prazdnin- wakacj- tatil- 休暇
bride mariee- novia- noiva- sposa braut- bruid- brud- nevest- panna-mloda gelin- 花嫁
office bureau- oficin- escritori- uffici- buro kantoor- kontor- kancelar- biur- ofis- オフィス
company empresa- societe- compan- firma- bedrijf- spolecnost- sirket- 会社
cold froid- frio- fria- fredd- kalt- koud- kold- kall- studen- zimn- soguk- 冷たい コールド
hot chaud- calient- quent- cald- heiss- heet- varm- hork- gorac- sicak- ホット
sweet doux douce- dulce- doce- dolc- suss- zoet- sod- sot- sladk- slodk- tatli- スイート
bitter amer amer- amarg- amar- bitter- hork- gorzk- aci
broken brise- casse- roto- rota- quebrad- rott- gebroch- gebroken- brudt- brutna- trasig- zlomen- rozbit- zlaman- kirik- 壊れた
real vrai- real- verdader- echt- virkelig- verklig- skutecn- prawdziw- gercek- 本当
false faux fausse- fals- falsch- vals- falsk- falesn- falszyw- sahte-
other autre- otro- otra- outr- altr- ander- anden andra- jin- jiny inny inne- baska- diger-
half moitie- demi- mitad- medio- metade- meta halb- half- halv- pul polovin- polow- yari-
double doppel- dubbel- dobbel- dvoj- podwojn- cift- duplo- doble- doppi- ダブル
hundred cent cien cem cento hundert- honderd- hundred- hundra- sto- yuz
thousand mille- mil tausend- duizend- tusind- tusen- tisic- tysiac- bin
two deux- dos dois duas due zwei- twee- to tva dva dve dwa dwie iki 2
three trois- tres tre drei- drie- tri trzy uc 3
four quatre- cuatr- quatr- quattr- vier- fire fyra ctyri- cztery dort 4
five cinq- cinco cinque funf- vijf- fem pet piec bes 5
six seis sechs- zes seks sex- sest szesc alti 6
seven sept siete sete sette sieben- zeven- syv sju sedm- siedem- siedmi- yedi- 7
eight huit ocho oito otto acht- otte atta osm- osiem- sekiz 8
nine neuf nueve nove neun- negen- ni nio devet- dziewiec- dokuz 9
ten dix diez dez dieci zehn- tien ti tio deset- dziesiec- on 10
twelve douze- doce doze zwolf- twaalf- tolv- dvanact- dwanasc- oniki 12
thirteen treize- trece treze tredici dreizehn- dertien- tretten- tretton- trinact- trzynasc- onuc 13
reason reasons raison- razon- raza- motivo- porque- gruende- reden- grund- skal duvod- proc powod- neden- sebep- 理由
who qui quien- quem chi wer wie hvem vem kdo kto kim 誰
why pourquoi- porque- perche warum- waarom- hvorfor- varfor- proc dlaczego- neden nicin- なぜ
how comment- como come wie hoe hvordan hur jak nasil-
where donde onde dove wohin waar hvor kde gdzie nerede-
never jamais nunca mai niemals nie nooit aldrig- nikdy nigdy asla 
always toujours- siempre- sempre- immer- altijd- altid- alltid- vzdy- zawsze- hep daima-
forever pour-toujours para-sempre ewig- voor-altijd evig- navzdy- wieczn- sonsuza-
tomorrow demain- manana amanha domani morgen zitra jutro yarin-
yesterday hier ayer ontem ieri gestern- gisteren- vcera wczoraj dun
tonight cesoir heute-nacht vanavond dnes-vecer
everything tout- todo- tudo- tutto alles- alt allt vsechn- vsechno- wszystk- hersey-
nothing rien nada niente nichts- niets- intet ingenting nic hicbir-
nobody personne- nadie- ninguem- nessuno niemand- ingen- nikdo- nikt kimse-
miss mademoisell- senorita- senhorita- signorin- fraulein- juffrouw- froken- slecn- panna bayan-
lady dame- dama- senhora- senora- signora- 貴婦人 レディ
rich riche- ric- rijk- rig rige- rik- bohat- bogat- zengin- リッチ
poor pauvre- pobr- pover- arm arme- fattig- chud- biedn- fakir- yoksul-
boyfriend petit-ami novi- namorad- fidanzat- kaereste- pojkvan- chlopak- sevgili- 彼氏
single celibataire- solter- solteir- single- svobodn- singiel- bekar- 独身 シングル
born ne nee nacid- nascid- nat- geboren- fodt- fodd- naroz- urodz- dog- dogan-
birth naissance- nacimient- nasciment- nascit- geburt- geboorte- fodsel- fodsel- naroz- narodz- dogum- 誕生
blind aveugl- cieg- ceg- ciec- blind- slep- slep- kor ブラインド
race course- carrer- corrid- gara rennen- race- lob- lopp- zavod- wyscig- yaris- レース
rules regle- regla- regra- regol- regel- pravidl- zasad- kural- ルール
rebel rebell- rebeld- ribell- opror- upror- rebel- bunt- asi 
guard garde- guardi- guard- wache- wacht- vagt- vakt- straz- muhafiz- bekci-
guardian gardien- guardi- guardia- wachter- bewaker- vogter- vaktar- strazc- strazni- koruyucu- 守護者
tower tour tours torre- turm- toren- tarn- torn- vez veze wiez- kule- 塔 タワー
bridge pont ponte- puente- brucke- brug- bro bron most mosty kopru- 橋
castle chateau- castill- castel- schloss- burg- kasteel- slot slottet- hrad- zamek- zamku- sato kale- 城
palace palais- palaci- palazz- palast- paleis- palads- palats- palac- saray- 宮殿
field champ- campo- feld- veld- mark- falt- pol- pole tarla- saha-
tree trees arbre- arbol- arvor- alber- baum- boom- trae- trad strom- drzew- agac- 木
flower flowers fleur- flor flores fior- blum- bloem- blomst- blomm- kvet- kvetin- kwiat- cicek- 花
apple pomme- manzana- maca- mela apfel- appel- aeble- apple- jablk- elma-
orange orang- naranj- laranj- aranc- oranj- appelsin- pomeranc- pomarancz- turuncu
stone pierre- piedra- pedra- pietra stein- steen- sten- kamen- kam- kamien- tas 石
rock roche- roca- rocha- rocc- fels- rots- klippe- skal- skala- kaya- ロック
silver argent- plata prata argento silber- zilver- solv- stribr- srebr- gumus- 銀 シルバー
iron fer hierro- ferro- eisen- ijzer- jern- jarn- zelez- zelaz- demir- 鉄 アイアン
steel acier- acero- aco acciai- stahl- staal- stal ocel- stal- celik-
glass verre- vidrio- vidro- vetro- glas- sklo sklen- szkl- cam ガラス
bone bones os hueso- osso- knochen- bot- ben knogl- kost- kosc- kemik- 骨
skin peau- piel- pele- pelle haut- huid- hud huden kuze- skor- deri 皮
boat bateau barque- barco- boot- baad bat lodk- lodz kayik- bot
phone telephon- telefon- 電話
camera camera- kamera- fotoaparat- カメラ
picture photo- image- imagen- foto- bild- billed- obraz- obraz- resim- fotograf- 写真
movie film- pelicul- filme- cinema- 映画
television tele- televis- fernseh- tv- テレビ
show spectacle- espectacul- show- ショー
club club- klub- kulup- クラブ
class classe- clase- klass- klas- trid- sinif- クラス
team equipe- equipo- squadra- mannschaft- team- hold lag tym- druzyn- takim- チーム
football foot- futbol- futebol- calcio fussball- voetbal- fodbold- fotboll- fotbal- pilka- サッカー
chess echec- ajedrez- xadrez- scacch- schach- schaak- skak- schack- sach- szach- satranc- チェス
card cards carte- carta- karte- kaart- kort- kart- kard-
casino casino- kasino- kasyn-
bank banque- banco- banca- bank- banka- 銀行
hotel hotel- otel- ホテル
restaurant restaur- restoran- レストラン
border frontier- fronter- fronteir- confin- grenz- grens- graens- grans- hranic- granic- sinir- 国境
crown couronn- coron- coroa- krone- kroon- kron- krona- korun- koron- tac 王冠 クラウン
throne trone- trono- thron- troon- tron- tron- taht- 玉座
cursed curse maudit- malediction- maldic- maldit- maldi- maledi- fluch- verflucht- vloek- vervloekt- forband- forbann- proklet- klatw- przeklet- lanet- 呪い
priest pretre- sacerdot- padre- prete priester- praest- prast- knez- ksiadz- rahip- 神父
nun religieus- monja- freira- suora nonne- non- nunna jeptisk- zakonnic- rahibe- 修道女
pope pape- papa- papst- paus- pave- pav- papiez- papa
bishop eveque- obisp- bispo- vescov- bischof- bisschop- biskop- biskup- piskopos-
saint saints sainte- santo- santa- heilig- helgen- helgon- svat- swiet- aziz- 聖
holy sacre- sagrad- heilig- hellig- helig- svat- swiet- kutsal- 聖なる
sin sins peche- pecad- peccat- sund- zonde- synd- hrich- grzech- gunah- 罪
cross croix cruz- croce kreuz- kruis- kors- kriz- krzyz- hac 十字架
noble noble- nobre- nobil- edel- adel- slechtic- vznesen- szlachet- asil-
survive survivre- sobreviv- sopravviv- uberleben- overleven- overleve- overleva- prezit- przetrw- hayatta-
save sauver- salv- rett- redd- radda- zachran- ocal- uratow- kurtar-
unsolved nonresolu- sinresolver- ungelost- onopgelost- uopklaret- olost- nevyresen- nierozwiaz- cozulmemis- 未解決
investigation enquete- investig- indagin- ermittl- onderzoek- efterforsk- utredn- vysetr- sledztw- sorusturma- 捜査
case cases affaire- caso- fall- zaak- sag sagen fall- pripad- spraw- dava- 事件
file files dossier- archiv- expedient- arquiv- akte- fil filer akt akta dosya-
confession confession- confesion- confissa- confessi- gestandnis- bekentenis- tilstael- bekannels- doznani- wyznani- itiraf- 告白
scandal scandal- escandal- skandal- スキャンダル
divorce divorc- divorci- scheidung- scheiding- skilsmiss- rozvod- rozwod- bosan- 離婚
affair aventure- aventura- liaison- romanc- affaer- afera-
adventure adventures aventur- avventur- abenteuer- avontu- eventyr- aventyr- dobrodruz- przygod- macera- 冒険 アドベンチャー
mission mission- mision- missao- missao- mise misj- gorev- ミッション
project projet- proyect- projet- progett- projekt- projekt- proje- プロジェクト
code code- codig- codic- kod- kode- kodu- コード
key cle cles clef- llave- chave- chiave- schlussel- sleutel- nogle- nyckel- klic- klucz- anahtar- 鍵
lock serrur- cerradur- fechadur- schloss- slot lås las zamek- zamk- kilit- ロック
box boite- caja- caixa- scatol- kiste- doos- kasse- lada- krabic- pudelk- kutu- 箱
`;

/** A word may go on by so many letters behind what is listed. */
const LONGEST_ENDING = 4;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const whole = new Map<string, string[]>();
const beginnings = new Map<string, string[]>();
const inside: (readonly [string, string])[] = [];

for (const line of LINES.trim().split('\n')) {
  const [meaning = '', ...words] = line.split(' ');
  file(whole, meaning, meaning);
  for (const word of words)
    if (CJK.test(word)) inside.push([word, meaning]);
    else if (word.endsWith('-')) file(beginnings, word.slice(0, -1), meaning);
    else file(whole, word, meaning);
}

// The longest first: a queen (女王) is no woman and king.
inside.sort(([one], [other]) => other.length - one.length);

function file(into: Map<string, string[]>, word: string, meaning: string): void {
  const meanings = into.get(word) ?? [];
  if (!meanings.includes(meaning)) into.set(word, [...meanings, meaning]);
}

/** What a word may mean, by the word that stands for it; empty where it is not listed. Without accents, in lower case. */
export function meaningsOf(word: string): readonly string[] {
  const same = whole.get(word) ?? (word.endsWith('s') ? whole.get(word.slice(0, -1)) : undefined);
  if (same !== undefined) return same;
  for (let length = word.length; length >= Math.max(3, word.length - LONGEST_ENDING); length -= 1) {
    const meanings = beginnings.get(word.slice(0, length));
    if (meanings !== undefined) return meanings;
  }
  return [];
}

/** What is meant by the words in a name that is written without spaces. */
export function meaningsWithin(text: string): string[] {
  if (!CJK.test(text)) return [];
  const meanings = new Set<string>();
  let rest = text;
  for (const [word, meaning] of inside) {
    if (!rest.includes(word)) continue;
    meanings.add(meaning);
    rest = rest.replaceAll(word, ' ');
  }
  return [...meanings];
}
