/** Words that say nothing about a book: the most frequent function words of English and Spanish, folded. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and are as at be been but by can did do does for from had has have he her here him his how i if in
  into is it its me more my no not of on or our out she so some than that the their them then there these
  they this those to up us was we were what when where which who why will with would you your
  al como con de del desde donde el ella ellas ellos en entre era es esa ese eso esta este esto fue ha han
  hasta hay la las le les lo los mas mi muy ni nos o para pero por porque que quien se ser si sin sobre son
  su sus tambien tan te tu un una unas uno unos y ya yo`.split(/\s+/),
);
