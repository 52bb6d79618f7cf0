import { groups, type Target } from './target.ts'

/** Lower case, and only letters and digits: `Päätös-nro.` and `päätösnro` are one heading. */
export const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLocaleLowerCase('fi')
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '')

type Rule = readonly [RegExp, string]

/** What a column beside a name is, when its heading begins with whose name it is. */
const ofPerson: readonly Rule[] = [
  [/^(nimi|namn|name|fullname)?$/, 'name'],
  [/puh|gsm|tel|mobil|phone/, 'phone'],
  [/email|epost|sähköposti|mail/, 'email'],
  [/suhde|rooli|relation|role/, 'relation'],
  [/huoltajuus|vårdnad|custody/, 'custody'],
  [/eisaa|yhteydenottokielto|kontaktförbud|nocontact/, 'noContact'],
  [/lisätie|huom|muistiinp|anteckn|note/, 'note']
]

const ofWorker: readonly Rule[] = [
  [/^(nimi|namn|name|tunnus)?$/, 'worker'],
  [/alk|från|from|start|börj/, 'from'],
  [/pä+t|loppu|till|until|end|slut/, 'until'],
  [/tehtäv|uppgift|task/, 'tasks']
]

const contact =
  /^(huoltaja|vanhempi|yhteyshenkilö|lähiomainen|omainen|läheinen|vårdnadshavare|kontaktperson|anhörig|guardian|parent|contact|nextofkin)(\d?)/
const worker =
  /^(vastuutyöntekijä|työntekijä|perhetyöntekijä|ohjaaja|hoitaja|ansvarigarbetstagare|arbetstagare|medarbetare|handledare|worker|employee|caregiver)(\d?)/

const rules: readonly Rule[] = [
  [
    /^(asiakas)?(numero|nro|tunnus|id|avain)$|^(klient|client|customer)(nummer|nr|number|no|id)$|^asiakasid$/,
    'key'
  ],
  [/^(etunim(i|et)|kutsumanimi|förnamn|tilltalsnamn|(first|given)names?)$/, 'profile.firstName'],
  [/^(sukunimi|efternamn|släktnamn|(last|family)name|surname)$/, 'profile.lastName'],
  [
    /^(asiakkaan)?nimi$|^asiakas$|^(klient(ens)?)?namn$|^klient$|^((client|customer)s?)?(full)?name$|^client$/,
    'profile.fullName'
  ],
  [
    /^(syntymä(aika|päivä|pvm)|synt(aika|pvm)?|födelse(datum|tid|dag)|birthda(te|y)|dateofbirth|dob)$/,
    'profile.birthDate'
  ],
  [/^(katu|lähi)osoite$|^(gatu|närings)adress$|^street(address)?$/, 'profile.street'],
  [/^(koti)?osoite$|^(hem)?adress$|^(home)?address$/, 'profile.fullAddress'],
  [/^(postinumero|postinro|pno|postnummer|postnr|post(al)?code|zip(code)?)$/, 'profile.postalCode'],
  [/^(postitoimipaikka|paikkakunta|kaupunki|postort|ort|stad|town|city)$/, 'profile.town'],
  [
    /^((matka)?puhelin(numero|nro)?|puh(nro)?|gsm|kännykkä|(mobil)?telefon(nummer)?|mobil|phone(number)?|mobile(phone)?|tel)$/,
    'profile.phone'
  ],
  [/^(sähköposti(osoite)?|email(address)?|epost(adress)?|mail)$/, 'profile.email'],
  [/allergi/, 'profile.allergies'],
  [
    /^(terveys(tiedot|tilanne)?|sairaudet|hälsa|hälsouppgifter|health|conditions)$/,
    'profile.health'
  ],
  [
    /^(erityistarpeet|tuen?tarve|tarpeet|särskildabehov|stödbehov|behov|(special|support)?needs)$/,
    'profile.needs'
  ],
  [/^(lemmiki?t?|kotieläimet|husdjur|pets)$/, 'profile.pets'],
  [
    /^(ovikoodi|sisäänpääsy|kulkuohje|avaimet|portkod|dörrkod|tillträde|(door|entry)code|access)$/,
    'profile.access'
  ],
  [/^((asiointi|äidin)?kieli|(moders|kontakt)?språk|language)$/, 'profile.language'],
  [
    /turvakielto|spärrmarkering|skyddsförbud|protectedaddress|addressprotected/,
    'profile.addressProtected'
  ],
  [
    /^(tilaaja|kunta|hyvinvointialue|järjestäjä|beställare|kommun|välfärdsområde|organiser|municipality|orderedby)$/,
    'decision1.organiser'
  ],
  [/^(palvelu(muoto|tuote)?|tuote|tjänst|produkt|service|product)$/, 'decision1.product'],
  [/^(rahoitus(muoto)?|maksaja|finansiering|betalare|funding|payer)$/, 'decision1.funding'],
  [/^(rekisterinpitäjä|personuppgiftsansvarig|controller)$/, 'decision1.controller'],
  [
    /^(palvelu)?päätö(s|ksen)(numero|nro|tunnus|id)?$|^(diaari)?numero$|^(beslut(s|ets)?)(nummer|nr|id)?$|^decision(number|no|id)?$/,
    'decision1.number'
  ],
  [
    /^(päätö(s|ksen))?(alku(päivä|pvm)?|alkaa|alkaen|voimassaalkaen)$|^(beslutet)?(börjar|från|startdatum|giltigfrån)$|^(decision)?(start(date)?|(valid)?from)$/,
    'decision1.from'
  ],
  [
    /^(päätö(s|ksen))?(loppu(päivä|pvm)?|päättyy|päättymis(päivä|pvm)|asti|voimassaasti)$|^(beslutet)?(upphör|slutar|till|slutdatum|giltigtill)$|^(decision)?(end(date)?|(valid)?(until|to))$/,
    'decision1.until'
  ],
  [
    /^(myönnetyt)?tunnit$|^tuntimäärä$|^tunteja$|^(beviljade)?timmar$|^timantal$|^(granted)?hours$/,
    'decision1.hours'
  ],
  [/^(tunti)?jakso$|^(tunnit)?per$|^period$/, 'decision1.per'],
  [/^(tavoite|tavoitteet|mål|målsättning|goals?)$/, 'decision1.goals']
]

function ofGroup(
  found: RegExpExecArray,
  heading: string,
  fields: readonly Rule[],
  kind: 'contact' | 'assignment'
): Target | null {
  const number = Number(found[2] ?? '') || 1
  const rest = heading
    .slice(found[0].length)
    .replace(/^(n|s|ns)(?=nimi|puh|gsm|sähkö|suhde|namn|tel|epost|email|phone|name|tunnus)/, '')
  const field = fields.find(([shape]) => shape.test(rest))?.[1]
  return field !== undefined && number <= groups[kind] ? `${kind}${number}.${field}` : null
}

function guessOne(heading: string): Target {
  const text = plain(heading)
  const person = contact.exec(text)
  if (person) return ofGroup(person, text, ofPerson, 'contact') ?? ''
  const member = worker.exec(text)
  if (member) return ofGroup(member, text, ofWorker, 'assignment') ?? ''
  return rules.find(([shape]) => shape.test(text))?.[1] ?? ''
}

/** What each column seems to be, by its heading in any of three languages. No field is guessed twice. */
export function guessTargets(headings: readonly string[]): Target[] {
  const taken = new Set<Target>()
  const guessed = headings.map((heading) => {
    const target = guessOne(heading)
    if (target === '' || taken.has(target)) return ''
    taken.add(target)
    return target
  })
  // With a column for the postal code, what is called the address is the street alone.
  return guessed.map((target) =>
    target === 'profile.fullAddress' &&
    taken.has('profile.postalCode') &&
    !taken.has('profile.street')
      ? 'profile.street'
      : target
  )
}
