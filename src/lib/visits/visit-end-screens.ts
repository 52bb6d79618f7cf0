import AtLock from './VisitEnd.svelte'
import Applied from './VisitEndApplied.svelte'

/** What is shown of a visit's end before and after unlocking: one script, since one follows the other. */
export const visitEndAtLock = AtLock
export const visitEndApplied = Applied
