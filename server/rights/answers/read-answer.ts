import { toMoment } from '#contract/day.ts'
import type { CustomershipId, RightsRequestId } from '#contract/id.ts'
import type { AnswerPart, AnswerStanding } from '#contract/answer-file.ts'
import type { AnswerFacts } from '#server/store/answers.ts'
import type { Store } from '#server/store/store.ts'

export const answerDisclosure = 'rights-answer'

/** A name that tells nothing: the names of files stand outside every seal. */
export const partName = (number: string, part: AnswerPart): string =>
  part === 'paper' ? `${number}.pdf` : `${number}.zip`

/** What was made for a request, and whether the customership has changed since; not what opens it. */
export async function readAnswer(
  store: Store,
  id: CustomershipId,
  request: RightsRequestId
): Promise<AnswerStanding['answer']> {
  const read = await store.register.read(id, async (reader) => {
    const facts = await reader.answers.read(request)
    if (!facts) return null
    const { revision: since } = facts
    const newer = [...(await reader.entries({ since })), ...(await reader.officeEntries({ since }))]
    return { facts, isCurrent: newer.length === 0 }
  })
  if (!read) return null
  const { facts, isCurrent } = read
  const { number, kind, language, madeAt, by } = facts
  const user = await store.users.find(by)
  const sent = { customership: id, kind: answerDisclosure, reference: number } as const
  return {
    number,
    kind,
    for: facts.for,
    language,
    madeAt: toMoment(madeAt),
    by,
    byName: user?.displayName ?? '',
    isCurrent,
    isHandedOver: await store.disclosures.has(sent),
    parts: partsOf(facts)
  }
}

function partsOf(facts: AnswerFacts): NonNullable<AnswerStanding['answer']>['parts'] {
  const { number, paperBytes, paperSha256, archiveBytes, archiveSha256 } = facts
  const archive = {
    part: 'archive' as const,
    name: partName(number, 'archive'),
    bytes: archiveBytes,
    sha256: archiveSha256
  }
  if (paperBytes === null || paperSha256 === null) return [archive]
  const paper = { part: 'paper' as const, name: partName(number, 'paper') }
  return [{ ...paper, bytes: paperBytes, sha256: paperSha256 }, archive]
}
