import * as z from 'zod/mini'
import { answerStandingSchema, type AnswerPart, type AnswerWish } from '#contract/answer-file.ts'
import type { DisclosureChannel } from '#contract/disclosure.ts'
import type { CustomershipId, RightsRequestId } from '#contract/id.ts'
import { passagesAnswerSchema, type PassageDecisions } from '#contract/passage.ts'
import { passphraseAnswerSchema } from '#contract/return-package.ts'
import type { Language } from '#contract/text.ts'
import type { Desk } from '#lib/customerships/office-desk.svelte.ts'

/** Years of uses are gathered and fifty scanned documents drawn before it answers. */
const makingMilliseconds = 300_000
/** A large archive over a slow line. */
const fetchingMilliseconds = 600_000

/** What the office does about what is given to whoever asked. */
export function answerDesk(desk: Desk, customership: CustomershipId, request: RightsRequestId) {
  const path = `/api/office/customerships/${customership}/requests/${request}`
  return {
    read: () => desk.ask('GET', `${path}/answer`, undefined, answerStandingSchema),
    make: (wish: AnswerWish) =>
      desk.ask('POST', `${path}/answer`, wish, answerStandingSchema, {
        longer: makingMilliseconds
      }),
    passages: (lang: Language) =>
      desk.ask('GET', `${path}/passages?lang=${lang}`, undefined, passagesAnswerSchema),
    decide: (decisions: PassageDecisions) =>
      desk.ask('PUT', `${path}/passages`, decisions, z.undefined()),
    passphrase: () => desk.ask('POST', `${path}/answer/passphrase`, {}, passphraseAnswerSchema),
    fetch: (part: AnswerPart, channel: DisclosureChannel) =>
      desk.askBytes(`${path}/answer/${part}?channel=${channel}`, { longer: fetchingMilliseconds })
  }
}
export type AnswerDesk = ReturnType<typeof answerDesk>
