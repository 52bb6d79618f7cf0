import type { Demo } from '#contract/demo.ts'
import { instantOf, type Day } from '#contract/day.ts'
import { userIdSchema, type UserId } from '#contract/id.ts'
import type { Role, Task } from '#contract/role.ts'
import { Seeded } from './seeded.ts'

export interface Member {
  readonly id: UserId
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly tasks: readonly Task[]
}

const officePassword = 'harjoitus-toimisto'
const fieldPassword = 'harjoitus-kotikaynti'

/** Long before any day on which the practice data may be made. */
const hiredAt = instantOf('2025-01-07' as Day, 9)

function member(username: string, displayName: string, role: Role): Member {
  return {
    id: userIdSchema.parse(new Seeded('user', username).uuidV7(hiredAt)),
    username,
    displayName,
    role,
    tasks: role === 'main-user' ? ['administration'] : ['care']
  }
}

export const coordinator = member('koordinaattori', 'Riitta Kallionpää', 'main-user')

/** The worker of the sign-in page. */
export const demoWorker = member('tyontekija', 'Sanna Vuorela', 'worker')

export const otherWorkers = [
  member('eero.lahdesmaki', 'Eero Lähdesmäki', 'worker'),
  member('jonna.ketola', 'Jonna Ketola', 'worker'),
  member('mikael.strand', 'Mikael Strand', 'worker'),
  member('pirjo.haavisto', 'Pirjo Haavisto', 'worker'),
  member('tuula.niemela', 'Tuula Niemelä', 'worker'),
  member('amir.rantala', 'Amir Rantala', 'worker')
]

export const staff: readonly Member[] = [
  coordinator,
  member('palvelupaallikko', 'Henrik Söderlund', 'main-user'),
  demoWorker,
  ...otherWorkers
]

/** Everybody of one role has the same password: what is practised with is no secret. */
export const passwordOf = (role: Role) => (role === 'main-user' ? officePassword : fieldPassword)

export const demoSignIns: Demo['signIns'] = [coordinator, demoWorker].map(({ role, username }) => ({
  role,
  username,
  password: passwordOf(role)
}))
