import { entriesOf } from '#contract/entry.ts'
import type { ImportIssue } from '#contract/import.ts'
import type { Profile } from '#contract/profile.ts'
import type { Store } from '#server/store/store.ts'
import { inTurns } from '#server/in-turns.ts'
import type { NamedClient } from './judge.ts'

const sameText = (text: string): string => text.normalize('NFC').toLocaleLowerCase('fi').trim()

const personOf = (firstName: string, lastName: string, birthDate: string): string =>
  [sameText(firstName), sameText(lastName), birthDate].join('\n')

/** The same name and the same birthday: said, and nobody is stopped, since there are two such people at times. */
export async function metTwice(
  store: Store,
  named: readonly NamedClient[]
): Promise<ImportIssue[]> {
  const issues: ImportIssue[] = []
  const seen = new Set<string>()
  await inTurns(named, async ({ client, file, row, firstName, lastName, birthDate }) => {
    if (birthDate === null) return
    const person = personOf(firstName, lastName, birthDate)
    const told = { file, row, kind: 'profile', field: 'lastName' } as const
    if (seen.has(person)) issues.push({ ...told, code: 'twice-in-files' })
    seen.add(person)
    for (const id of await store.register.search(`${lastName} ${firstName}`)) {
      if (id === client) continue
      const profile = await store.register.read(id, async (reader) => {
        const [entry] = entriesOf(await reader.entries({ kinds: ['profile'] }), 'profile')
        return entry?.data ?? null
      })
      if (profile && isPerson(profile, person)) {
        issues.push({ ...told, code: 'known-client' })
        break
      }
    }
  })
  return issues
}

function isPerson({ firstName, lastName, birthDate }: Profile, person: string): boolean {
  return personOf(firstName.value, lastName.value, birthDate?.value ?? '') === person
}
