/**
 * Object ids of the types whose values both drivers would read differently, from Postgres' own catalog
 * (src/include/catalog/pg_type.dat); they never change between versions.
 */
export const INT8 = 20;
export const INT8_ARRAY = 1016;
export const DATE = 1082;
export const DATE_ARRAY = 1182;
export const TIMESTAMP = 1114;
export const NUMERIC_ARRAY = 1231;

/** A calendar day has no time zone and a NUMERIC its own scale: as JavaScript values both would lose what the hashes need. */
export const asText = (text: string): string => text;
