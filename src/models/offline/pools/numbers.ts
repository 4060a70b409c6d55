/** Numbers that anybody would guess for a parameter of some ordinary meaning, the commonest first. */
export const numberPools: readonly { hint: RegExp; values: readonly number[] }[] = [
  { hint: /\blat(itude)?\b/, values: [52.52, 48.4, 40.71, -33.87, 0, 35.68] },
  { hint: /\b(lon|lng|long|longitude)\b/, values: [13.4, 9.99, -74.01, 151.21, 0, 139.69] },
  { hint: /\byears?\b/, values: [2024, 2020, 1999, 2030, 1970] },
  { hint: /\bmonth\b/, values: [6, 1, 12, 3, 10] },
  { hint: /\b(day of month|day)\b/, values: [15, 1, 28, 7, 31] },
  { hint: /\bhour\b/, values: [9, 14, 0, 18, 23] },
  { hint: /\bminute\b/, values: [30, 0, 15, 45] },
  { hint: /\b(percent|percentage|rate|ratio|probability)\b/, values: [10, 50, 0.5, 5, 100, 19] },
  { hint: /\b(limit|size|max|count|top|per page|results)\b/, values: [5, 10, 1, 3, 20, 50] },
  { hint: /\b(page|offset|index|skip)\b/, values: [1, 2, 0, 3, 10] },
  { hint: /\bport\b/, values: [8080, 443, 80, 3000] },
  { hint: /\bage\b/, values: [30, 18, 65, 7, 42] },
  { hint: /\b(amount|price|cost|salary|total|budget|balance)\b/, values: [100, 19.99, 250, 1234.56, 5, 0.5] },
  { hint: /\b(temperature|degrees)\b/, values: [20, 36.6, 0, 100, -40] },
  { hint: /\b(id|identifier)\b/, values: [1, 42, 7, 1001, 3] },
  { hint: /./, values: [3, 10, 1, 7, 5, 25, 100, 2, 12, 42] },
];
