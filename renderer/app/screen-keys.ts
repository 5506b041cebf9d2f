/** The second key after `g`. History has `h`, so Health, a check-up, has `c`. */
export const SCREEN_KEYS = {
  load: 'l',
  history: 'h',
  search: 's',
  events: 'e',
  profiles: 'p',
  health: 'c',
} as const;
