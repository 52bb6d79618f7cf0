import type { Contact, Home } from '#contract/contact.ts'
import { addDays, toMoment, type Day } from '#contract/day.ts'
import type { Profile, Source } from '#contract/profile.ts'
import type { Family } from './family.ts'
import {
  fathers,
  grandparents,
  mothers,
  socialWorkers,
  streets,
  towns
} from './names.ts'
import { allergies, entrances, health, needs, pets } from './needs.ts'
import { Seeded } from './seeded.ts'
import { coordinator } from './staff.ts'

/** Every so-manieth family has one, and the demo worker's among them. */
const has = (family: Family, every: number, remainder: number) => family.index % every === remainder

const numberOf = (seeded: Seeded) => `+35840000${String(seeded.between(1000, 9999))}`

export function profileOf(family: Family, at: number): Profile {
  const seeded = new Seeded('profile', family.kin)
  const recorded = <T>(value: T, source: Source = 'organiser') => ({
    value,
    source,
    by: coordinator.id,
    at: toMoment(at)
  })
  const { town, postalCode } = seeded.pick(towns)
  const oldest = family.isChildClient ? ('2012-01-01' as Day) : ('1983-01-01' as Day)
  const younger = family.split ? (family.split.part - 1) * 700 : 0
  const birthDate = addDays(oldest, seeded.below(family.isChildClient ? 3600 : 5400) + younger)
  const [child = ''] = family.children
  const email = `${family.surname}.${family.index}@perhe.example`
  return {
    firstName: recorded(family.isChildClient ? child : family.parentName),
    lastName: recorded(family.surname),
    birthDate: recorded(birthDate),
    street: recorded(`${seeded.pick(streets)} ${seeded.between(1, 48)} ${seeded.pick(['A', 'B', 'C'])} ${seeded.between(1, 30)}`),
    postalCode: recorded(postalCode),
    town: recorded(town),
    phone: recorded(numberOf(seeded), 'client'),
    ...(seeded.isWithin(60) && {
      email: recorded(email.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase(), 'client')
    }),
    ...(has(family, 5, 1) && { allergies: recorded(seeded.pick(allergies), 'client') }),
    ...(has(family, 9, 2) && { health: recorded(seeded.pick(health)) }),
    ...(has(family, 4, 3) && { needs: recorded(seeded.pick(needs)) }),
    ...(has(family, 4, 0) && { pets: recorded(seeded.pick(pets), 'client') }),
    ...(has(family, 3, 2) && { access: recorded(seeded.pick(entrances), 'client') }),
    ...(has(family, 13, 5) && { language: recorded('sv' as const, 'client') }),
    ...(family.case === 'protected-address' && { addressProtected: recorded('yes' as const) })
  }
}

/** Where the children are every other week. */
function otherHome(family: Family): Home {
  const seeded = new Seeded('other home', family.kin)
  return {
    street: `${seeded.pick(streets)} ${seeded.between(1, 48)}`,
    ...seeded.pick(towns),
    access: seeded.pick(entrances),
    isProtected: false
  }
}

export function contactsOf(family: Family): Contact[] {
  const seeded = new Seeded('contacts', family.kin)
  const { surname, parent, parentName, children } = family
  const contacts: Contact[] = [
    {
      name: `${parentName} ${surname}`,
      relation: 'guardian',
      phone: numberOf(seeded),
      custody: has(family, 8, 4) ? 'sole' : 'joint',
      noContact: false
    }
  ]
  const other = seeded.pick(parent === 'mother' ? fathers : mothers)
  if (has(family, 8, 4)) {
    contacts.push({
      name: `${other} ${surname}`,
      relation: 'guardian',
      custody: 'none',
      note: 'Lähestymiskielto. Ei päästetä sisään eikä kerrota käynneistä.',
      noContact: true
    })
  } else if (seeded.isWithin(60)) {
    contacts.push({
      name: `${other} ${surname}`,
      relation: 'guardian',
      phone: numberOf(seeded),
      custody: 'joint',
      ...(has(family, 6, 1) && { home: otherHome(family) }),
      note: seeded.pick(['Vuoroviikoin.', 'Töissä klo 16 asti.', 'Soita ensin toiselle vanhemmalle.']),
      noContact: false
    })
  }
  for (const name of children)
    contacts.push({ name: `${name} ${surname}`, relation: 'child', noContact: false })
  if (seeded.isWithin(35)) {
    contacts.push({
      name: `${seeded.pick(grandparents)} ${surname}`,
      relation: 'family',
      phone: numberOf(seeded),
      note: 'Isovanhempi, voi hakea lapset.',
      noContact: false
    })
  }
  contacts.push({
    name: seeded.pick(socialWorkers),
    relation: 'authority',
    phone: numberOf(seeded),
    note: 'Sosiaalityöntekijä, ma–pe klo 9–15.',
    noContact: false
  })
  return contacts
}
