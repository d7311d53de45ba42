import { WOVEN_TILE } from './ornament.ts';

/** Paper, ink and one accent; fonts of the house where they are installed, else the system's own serif. */
export const HTML_STYLE = `
:root{--paper:oklch(.975 .012 85);--sheet:oklch(.995 .005 85);--line:oklch(.88 .02 80);--ink:oklch(.24 .03 265);--soft:oklch(.46 .03 265);--accent:oklch(.52 .17 28);--link:oklch(.45 .13 255)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 "Source Serif 4","Source Serif 4 Variable",Charter,Georgia,"Times New Roman",serif;overflow-wrap:anywhere}
header,main,footer{max-width:46rem;margin-inline:auto;padding-inline:clamp(1rem,5vw,4.5rem);background:var(--sheet);border-inline:1px solid var(--line)}
header{padding-block-end:2rem}main{padding-block:1rem}footer{padding-block:1rem 4rem}
:where([lang]:not(:lang(ur))){font-family:"Source Serif 4","Source Serif 4 Variable",Charter,Georgia,"Times New Roman",serif;line-height:1.6}
:lang(ur){font-family:"Noto Nastaliq Urdu","Noto Nastaliq Urdu Variable","Jameel Noori Nastaleeq",serif;line-height:2.1}
.dastarkhan-band{display:block;width:100%;height:24px;margin-block-end:2.5rem}
.dastarkhan-kind,.dastarkhan-time,.dastarkhan-room,.dastarkhan-label,.dastarkhan-merged-label,table{font-family:Onest,"Onest Variable",system-ui,sans-serif}
.dastarkhan-kind{color:var(--accent);font-size:.83rem;letter-spacing:.06em;text-transform:uppercase;margin:0 0 1rem}
h1{font-size:clamp(1.7rem,5vw,2.49rem);line-height:1.15;font-weight:600;margin:0 0 1rem;text-wrap:balance}
h2{font-size:1.6rem;line-height:1.25;font-weight:600;margin:3rem 0 1rem;padding-block-start:1rem;border-block-start:1px solid var(--line);text-wrap:balance}
h3{font-size:1.2rem;line-height:1.35;font-weight:600;margin:2rem 0 .5rem}
:is(h1,h2,h3):lang(ur){line-height:1.9}
p{margin:0 0 .8rem}a{color:var(--link);text-underline-offset:.15em}
.dastarkhan-headline{font-size:1.2rem;font-style:italic;color:var(--soft);margin-block-end:2rem}
header p{margin-block-end:.3rem}
.dastarkhan-label strong{font-weight:500;font-size:.83rem;color:var(--soft)}
.dastarkhan-time,.dastarkhan-room{font-size:.83rem;font-weight:400;color:var(--soft);font-variant-numeric:tabular-nums}.dastarkhan-time{white-space:nowrap}
.dastarkhan-room{border:1px solid var(--line);border-radius:4px;padding:.05rem .4rem}
.dastarkhan-theme,.dastarkhan-recommendations>li{position:relative}
ol.dastarkhan-recommendations,ol.dastarkhan-parking-lot{list-style:none;padding:0;margin:0 0 1rem}
ol.dastarkhan-recommendations>li,ol.dastarkhan-parking-lot>li{margin-block-end:.7rem}
.dastarkhan-recommendations p,.dastarkhan-parking-lot p{margin-block-end:.2rem}
.dastarkhan-number{color:var(--accent);font-variant-numeric:tabular-nums;font-weight:600}
.dastarkhan-recommendations .dastarkhan-number{font-weight:400;float:inline-start;inline-size:2.4rem}
.dastarkhan-recommendations p,.dastarkhan-recommendations ul{margin-inline-start:2.4rem}
.dastarkhan-parking-lot>li{padding-inline-start:1rem;border-inline-start:3px solid var(--line)}
.dastarkhan-merged-label{color:var(--soft);font-size:.83rem}.dastarkhan-merged{color:var(--soft);padding-inline-start:1.2rem}
table{border-collapse:collapse;inline-size:100%;font-size:.9rem}
th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-block-end:1px solid var(--line)}
thead th{color:var(--soft);font-weight:500}tbody th{font-weight:500}.dastarkhan-count{font-variant-numeric:tabular-nums}
@media(min-width:60rem){header,main,footer{padding-inline:6rem}
.dastarkhan-recommendations>li>.dastarkhan-number,.dastarkhan-theme>.dastarkhan-number{position:absolute;inset-inline-start:-3.2rem;inline-size:2.6rem;text-align:end;float:none}
.dastarkhan-recommendations p,.dastarkhan-recommendations ul{margin-inline-start:0}}
@media print{@page{margin:22mm 20mm}body{background:none;font-size:11pt}header,main,footer{max-width:none;padding-inline:12mm 0;border:0;background:none}
h2,h3{break-after:avoid}li,tr{break-inside:avoid}a{color:inherit}}
`;

export const WOVEN_BAND = `<svg class="dastarkhan-band" aria-hidden="true"><defs><pattern id="woven" width="48" height="24" patternUnits="userSpaceOnUse">${WOVEN_TILE}</pattern></defs><rect width="100%" height="24" fill="url(#woven)"/></svg>`;
