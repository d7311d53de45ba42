/**
 * What people of the region write in posts, in English and in Russian: patterns of the language, never names of one forum.
 * A further language is a further line in each.
 */
const NAME_WORD = String.raw`\p{Lu}[\p{L}\p{M}'’ʻʼ.-]*`;
const NAME = String.raw`${NAME_WORD}(?:\s+(?:(?:al|bin|de|der|van|von|ogly|kyzy|uulu)\s+)?${NAME_WORD}){0,4}`;
const BY_NAME = String.raw`\s*(?:[:–—-]\s*)?(?<name>${NAME})(?:\s*\((?<note>[^)]{2,60})\))?`;

export const MODERATED = new RegExp(
  String.raw`(?:[Mm]oderated by|[Mm]oderator|[Cc]haired by|[Мм]одератор(?:ом|а|ы)?(?:\s+(?:выступил|стал|была|был)а?)?|под модерацией)${BY_NAME}`,
  'u',
);
export const FACILITATED = new RegExp(
  String.raw`(?:[Ff]acilitated by|[Ff]acilitator|[Фф]асилитатор(?:ом|а)?(?:\s+(?:выступил|стал|была|был)а?)?|под руководством)${BY_NAME}`,
  'u',
);
export const OPENING =
  /^(?:(?:the )?opening (?:remarks|words|speech|speeches|address|session|ceremony)|welcom\p{L}*|с приветств\p{L}+|приветственн\p{L}+|открыти\p{L}+)/iu;
export const CLOSING = /^(?:in closing|closing|in conclusion|в заключени\p{L}+|закрыти\p{L}+|завершая)/iu;
export const RECOMMENDATIONS =
  /recommend|resolution|рекомендаци|резолюци|предложени|ұсыныс|ұсыным|сунуш|тавсия|таклиф|пешниҳод|teklip|سفارشات|تجاویز|توصیه|پیشنهاد/iu;
export const AGENDA = /session|agenda|program|panel|сесси|программ|панел|повестк|бағдарлама|кун тартиби|dastur/iu;
export const WORKSHOP = /workshop|group session|group work|working group|групповая|мастерская|воркшоп/iu;

/** Dash, bullet or number in front of a clause that was typed as a list. */
export const DASH = /^\s*(?:[–—−‒―•·▪▫●○◦‣⁃∙■□◆◇❖➔➢➤►▶▸→✓✔✅☐☑☒*-]\ufe0f?\s*|[+o§]\s+)/u;
export const NUMBER =
  /^\s*(?:\d{1,3}(?:\.\d{1,3})+\.?|\(?(?:\d{1,3}|[۰-۹٠-٩]{1,3}|[ivx]{1,5})[.)۔]|\(?\p{Ll}\)|№\s*\d{1,3}[.):]?)\s+/u;

/** Words that begin a sentence but no title. */
export const BEFORE_TITLE =
  /^(?:during|in|at|on|as part of|в ходе|в рамках|во время|на)\s+(?:the\s+)?|^the\s+(?=\p{Lu})/iu;
/** Where a title that is the start of a sentence ends. */
export const AFTER_TITLE = /[,:;–—(]|\s(?:were|was|is|are|by|from|выступил\p{L}*|был\p{L}*|прозвучал\p{L}*)(?=\s|$)/u;

export const QUOTED = /[“«„"]([^“”«»„"]{8,200})[”»“"]/gu;
export const ORGANISED =
  /(?:organi[sz]ed|convened|hosted) (?:jointly )?by\s|организован\p{L}*\s(?:при\s)?|организатор\p{L}*(?:\s(?:выступил|стал)\p{L}*)?[:\s]/iu;
export const HELD_WITH =
  /(?:in conjunction with|as part of|within the framework of|on the sidelines of|в рамках|приурочен\p{L}* к)\s+(?:the\s+)?/iu;

const PLACE = String.raw`(?<place>\p{Lu}[\p{L}’'-]+(?:[ -]\p{Lu}[\p{L}’'-]+){0,3})`;
export const PLACES: readonly RegExp[] = [
  new RegExp(String.raw`(?:^|[,.]\s+)(?:the (?:city|town) of )?${PLACE} hosted\s`, 'u'),
  new RegExp(String.raw`(?:held|took place|gathered|convened|met|hosted) in (?:the (?:city|town) of )?${PLACE}`, 'u'),
  new RegExp(String.raw`(?:^|[\s,])в (?:городе |г\.\s?)?${PLACE}(?=\s(?:\S+\s){0,2}?(?:прош|состоял|собрал))`, 'u'),
  new RegExp(String.raw`(?:прош\p{L}+|состоял\p{L}+|собрал\p{L}+) (?:\S+ ){0,8}?в (?:городе |г\.\s?)?${PLACE}`, 'u'),
];

export const VIDEO =
  /(?:^|\.)(?:youtu\.be|youtube\.com|youtube-nocookie\.com|vimeo\.com|rutube\.ru|vk\.com\/video)(?:\/|$)/i;
export const SLIDES =
  /\.(?:pptx?|odp|key)(?:[?#]|$)|(?:^|\.)(?:slideshare\.net|docs\.google\.com\/presentation|speakerdeck\.com)/i;
