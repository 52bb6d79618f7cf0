import {
  packageAnswerSchema,
  passphraseAnswerSchema,
  type PackageAnswer,
  type PackageLanguage,
  type PackagePart
} from '#contract/return-package.ts'
import type { DisclosureChannel } from '#contract/disclosure.ts'
import type { CustomershipId } from '#contract/id.ts'
import * as z from 'zod/mini'
import type { Desk } from '#lib/customerships/office-desk.svelte.ts'
import type { Answer } from '#lib/http/api.ts'

/** Fifty scanned documents are drawn, sealed and stored before it answers. */
const makingMilliseconds = 300_000
/** A large archive over a slow line. */
const fetchingMilliseconds = 600_000

/** §10: to whom the package goes, and which way. */
export interface HandingOver {
  readonly recipient: string
  readonly channel: DisclosureChannel
}

/** What the office does with the return package of one customership. */
export function packageDesk(desk: Desk, customership: CustomershipId) {
  const path = `/api/office/customerships/${customership}/package`
  return {
    read: (): Promise<Answer<PackageAnswer>> =>
      desk.ask('GET', path, undefined, packageAnswerSchema),
    make: (language: PackageLanguage): Promise<Answer<PackageAnswer>> =>
      desk.ask('POST', path, { language }, packageAnswerSchema, { longer: makingMilliseconds }),
    passphrase: () => desk.ask('POST', `${path}/passphrase`, {}, passphraseAnswerSchema),
    fetch: (part: PackagePart, told: HandingOver) =>
      desk.askBytes(`${path}/${part}?${new URLSearchParams({ ...told })}`, {
        longer: fetchingMilliseconds
      }),
    remove: () => desk.ask('DELETE', path, undefined, z.undefined())
  }
}
