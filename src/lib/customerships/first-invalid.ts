import { tick } from 'svelte'

/** Takes the focus to the first field that is wrong on the screen; false when there is none. */
export async function focusFirstInvalid(form: HTMLElement | undefined): Promise<boolean> {
  await tick()
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  field?.focus()
  return field !== null && field !== undefined
}
