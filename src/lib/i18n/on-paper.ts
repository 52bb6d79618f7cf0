import { documents } from './fi/documents.ts'
import { scanning } from './fi/scanning.ts'

/** The Finnish of scanned papers, which the tablet and the office read with the pages themselves. */
export const onPaper = { ...documents, ...scanning } as const
