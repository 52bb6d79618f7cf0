import type { arrival as fi } from '#lib/i18n/fi/arrival.ts'

export const arrival = {
  'first-steps.title': 'Innan du börjar',
  'first-steps.step': 'Steg {step}/{of}',
  'first-steps.change-password.title': 'Byt lösenord',
  'first-steps.change-password.text':
    'Välj ett lösenord som ingen annan känner till. Längden avgör: några ord efter varandra är bra.',
  'first-steps.change-password.confirm': 'Byt lösenord',
  'first-steps.new-password': 'Nytt lösenord',
  'first-steps.again': 'Samma igen',
  'first-steps.password-hint': 'Minst 12 tecken',
  'first-steps.password-short': 'Lösenordet är för kort. Minst 12 tecken behövs.',
  'first-steps.password-differs': 'Texterna stämmer inte överens.',
  'first-steps.password-common': 'Lösenordet är för lätt att gissa. Hitta på ett annat.',
  'first-steps.secrecy-pledge.title': 'Tystnadsförbindelse',
  'first-steps.secrecy-pledge.text':
    'I mitt arbete ser jag familjers angelägenheter som ska hållas hemliga. Jag lovar att',
  'first-steps.secrecy-pledge.point.1':
    'inte berätta om dem för utomstående, varken nu eller efter arbetet',
  'first-steps.secrecy-pledge.point.2':
    'bara se på uppgifter om de klienter som min uppgift kräver',
  'first-steps.secrecy-pledge.point.3':
    'hålla mitt användarnamn, lösenord och min lösenfras för mig själv',
  'first-steps.secrecy-pledge.point.4':
    'förstöra utskrifter genast när jag inte längre behöver dem',
  'first-steps.secrecy-pledge.after': 'Jag vet att varje öppning antecknas i loggen.',
  'first-steps.secrecy-pledge.confirm': 'Jag förbinder mig',
  'first-steps.training.title': 'Introduktion i dataskydd',
  'first-steps.training.text':
    'Bekräfta att du har fått introduktion i detta. Fråga innan du fortsätter om något är oklart.',
  'first-steps.training.point.1':
    'Jag antecknar utan dröjsmål bara det som är väsentligt för servicen',
  'first-steps.training.point.2':
    'Jag antecknar inte personbeteckningar eller andra personers känsliga saker',
  'first-steps.training.point.3':
    'Jag låser enheten när jag inte använder den och meddelar genast om den försvinner',
  'first-steps.training.point.4':
    'Jag skickar klientuppgifter bara genom den här appen, inte som meddelande eller bild',
  'first-steps.training.after': 'I en nödsituation ringer jag 112. Appen larmar ingen hjälp.',
  'first-steps.training.confirm': 'Jag är introducerad',
  'first-steps.notice.title': 'Dataskyddsbeskrivning',
  'first-steps.notice.text':
    'En ny version av beskrivningen gäller. Enligt den lovar vi klienterna att',
  'first-steps.notice.point.1':
    'uppgifterna används bara för att ordna, planera, genomföra, föra statistik och rapportera',
  'first-steps.notice.point.2':
    'vi sparar bara det som servicen kräver, och varje uppgift har en källa',
  'first-steps.notice.point.3':
    'uppgifterna raderas när klientrelationen avslutas, också från surfplattorna',
  'first-steps.notice.point.4': 'uppgifter lämnas bara ut till beställaren, PSOP och Palse',
  'first-steps.notice.after':
    'Klienten får se sina uppgifter, rätta dem och fråga vem som har sett dem.',
  'first-steps.notice.changed': 'Vad som ändrades:',
  'first-steps.notice.read': 'Läs hela beskrivningen',
  'first-steps.notice.confirm': 'Jag har läst',
  'enrol.title': 'Ta enheten i bruk',
  'enrol.lede': 'Efter det här fungerar arbetsdagen också utan nät.',
  'enrol.name': 'Enhetens namn',
  'enrol.name-hint': 'Med det känner du och kontoret igen enheten.',
  'enrol.name-suggestion': 'Surfplatta, {name}',
  'enrol.lock-name': 'Namn på låsskärmen',
  'enrol.lock-name-hint': 'De andra som använder enheten ser bara det här namnet av dig.',
  'enrol.fault.lock-name': 'Ge ett namn som de andra ser.',
  'enrol.passphrase': 'Lösenfras',
  'enrol.passphrase-hint': 'Låser upp den här enheten. Minst 15 tecken eller fem ord.',
  'enrol.again': 'Lösenfrasen igen',
  'enrol.suggest': 'Föreslå en lösenfras',
  'enrol.suggest-another': 'Föreslå en annan',
  'enrol.suggested': 'Din lösenfras',
  'enrol.suggested-more':
    'Lär dig den eller skriv den på ett papper som du inte förvarar med enheten. Om du glömmer den går inget förlorat: du tar enheten i bruk på nytt.',
  'enrol.own': 'Jag hittar på själv',
  'enrol.submit': 'Ta i bruk',
  'enrol.fault.short': 'För kort. Minst 15 tecken eller fem ord behövs.',
  'enrol.fault.common': 'För lätt att gissa. Hitta på en annan eller be om ett förslag.',
  'enrol.fault.password': 'Lösenfrasen får inte vara samma som ditt lösenord.',
  'enrol.fault.differs': 'Texterna stämmer inte överens.',
  'enrol.fault.name': 'Ge enheten ett namn.',
  'enrol.preparing': 'Enhetens nycklar görs',
  'enrol.fetching': 'Dina klienter hämtas',
  'enrol.count': '{done}/{total} klienter',
  'enrol.ready': 'Enheten är klar',
  'enrol.ready.kept': 'Du kan börja. Allt fungerar också utan nät.',
  'enrol.ready.never': 'Du kan börja. Du behöver nät.',
  'enrol.ready.coming': 'Du kan börja. Håll dig på nätet en stund till.',
  'enrol.done.enrolled': 'Enheten är i bruk',
  'enrol.done.sealed': 'Lösenfrasen skyddar uppgifterna på enheten',
  'enrol.done.persists': 'Webbläsaren behåller uppgifterna',
  'enrol.done.asking': 'Om webbläsaren frågar om webbplatsen får spara data, svara Tillåt',
  'enrol.done.evictable':
    'Webbläsaren kan ta bort hämtade uppgifter om utrymmet tar slut. Då hämtas de på nytt. Installera appen, så händer det inte.',
  'enrol.done.fetched': 'Klienterna är hämtade: {count}',
  'enrol.done.empty': 'Du har ännu inga klienter',
  'enrol.files.never': 'I den här webbläsaren öppnas appen inte utan nät',
  'enrol.files.kept': 'Appen öppnas också utan nät',
  'enrol.files.coming': 'Appen sparas på den här enheten',
  'enrol.stalled': 'Hämtningen avbröts',
  'enrol.stalled-more':
    'Det hämtade är i säkerhet. Hämtningen fortsätter av sig själv när nätet är tillbaka.',
  'enrol.start': 'Börja',
  'enrol.start-early':
    'Du kan redan börja: de klienter som har hämtats finns här, och resten hämtas i bakgrunden.',
  'enrol.install': 'Installera appen',
  'enrol.add-first': 'Lägg först till appen på hemskärmen',
  'enrol.add-first.why':
    'På iPad behåller appen uppgifterna bara när den öppnas från hemskärmen. Safari kan ta bort dem om sidan inte öppnas på en vecka.',
  'enrol.add-first.share': 'Tryck på Dela i Safari: en fyrkant med en pil uppåt.',
  'enrol.add-first.add': 'Välj Lägg till på hemskärmen och sedan Lägg till.',
  'enrol.add-first.open': 'Öppna Kotikäynti från hemskärmen och logga in där.',
  'enrol.add-first.stay': 'Fortsätt ändå i Safari',
  'enrol.typing':
    'Håll det du skriver på enheten: diktera inte, och använd ingen rättstavning som skickar texten någon annanstans.',
  'enrol.typing.apple': 'Inställningar → Allmänt → Tangentbord: stäng av Aktivera diktering.',
  'enrol.typing.android':
    'Tangentbordets inställningar: stäng av röstinmatning och rättstavning i molnet. Välj grundläggande stavningskontroll i Chromes språkinställningar.',
  'enrol.typing.desktop':
    'Välj grundläggande stavningskontroll i webbläsarens språkinställningar, inte den förbättrade.',
  'welcome.title': 'Välkommen',
  'welcome.lede': 'Skapa ditt konto. Koden fungerar bara en gång.',
  'welcome.first': 'Grunda registret',
  'welcome.first-lede': 'Du är först. Berätta vem som producerar servicen och skapa ditt konto.',
  'welcome.returning': 'Nytt lösenord',
  'welcome.returning-lede':
    'Välj ett nytt lösenord som ingen annan känner till. Koden fungerar bara en gång.',
  'welcome.returning-submit': 'Spara lösenordet',
  'welcome.organisation': 'Serviceproducenten',
  'welcome.organisation-name': 'Serviceproducentens namn',
  'welcome.business-id': 'FO-nummer',
  'welcome.business-id-hint': 'Till exempel 0112038-9',
  'welcome.phone': 'Kontorets telefon',
  'welcome.phone-hint': 'Arbetstagarna ser detta på surfplattan.',
  'welcome.organiser': 'Den första beställaren',
  'welcome.organiser-hint': 'Kommunen eller välfärdsområdet som beställer servicen.',
  'welcome.you': 'Du',
  'welcome.username': 'Användarnamn',
  'welcome.username-hint': 'Små bokstäver och siffror, till exempel aino.maki',
  'welcome.name': 'Namn',
  'welcome.name-hint': 'Så ser andra dig.',
  'welcome.password': 'Lösenord',
  'welcome.submit': 'Skapa konto',
  'welcome.no-code': 'Koden duger inte',
  'welcome.no-code-more':
    'Koden fungerar bara en gång och föråldras. Be en huvudanvändare om en ny.',
  'welcome.fault.username': 'Namnet har 2–40 tecken: små bokstäver, siffror, punkter och streck.',
  'welcome.fault.businessId': 'FO-numret stämmer inte. Kontrollera siffrorna.'
} as const satisfies Record<keyof typeof fi, string>
