import type { HandleClientError } from '@sveltejs/kit'

/** An error's own words may repeat what was typed; none of them reaches the screen or a log. */
export const handleError: HandleClientError = ({ status }) => ({ message: String(status) })
