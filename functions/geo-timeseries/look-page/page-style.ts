/** The page's style sheet; light or dark as the reader's system is. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2733;--soft:#637080;--rule:#e3e1da;--accent:#1c6480;--warn:#8a4b08;
--k0:#d3e8d0;--k1:#b0d9c2;--k2:#84c5b5;--k3:#57aca9;--k4:#2f8896;--k5:#1b6280;--k6:#173d63}
@media(prefers-color-scheme:dark){:root{--paper:#10171d;--card:#172129;--ink:#e6ebef;--soft:#93a1ae;--rule:#2a3842;--accent:#6cc0c4;--warn:#e8ad6a;
--k0:#1d3742;--k1:#1e4d59;--k2:#226670;--k3:#2f8587;--k4:#55a89a;--k5:#92cbab;--k6:#dcf3cf}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main,header{max-width:1160px;margin:0 auto;padding:0 20px}
header{padding-top:32px}
h1{font-size:26px;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:20px;margin:40px 0 12px;overflow-wrap:anywhere}
h3{font-size:13px;font-weight:600;margin:0 0 8px;color:var(--soft)}
h3 code{color:var(--ink);font-size:13px}
header p{margin:4px 0 0;color:var(--soft)}
dl{display:flex;flex-wrap:wrap;gap:8px 28px;margin:20px 0 0}
dl div{display:flex;flex-direction:column-reverse}
dt{font-size:12px;color:var(--soft)}
dd{margin:0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums}
.warnings{margin:16px 0 0;padding:0 0 0 18px;color:var(--warn)}
.cards{display:grid;grid-template-columns:minmax(0,7fr) minmax(0,5fr);gap:16px;align-items:start}
.cards>div{display:grid;gap:16px}
@media(max-width:820px){.cards{grid-template-columns:minmax(0,1fr)}}
.card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:14px 16px}
figure{margin:0;position:relative}
svg{display:block;width:100%;height:auto}
.map svg{background:var(--paper);border-radius:4px}
.grid path{stroke:var(--rule);fill:none}
.grid text{fill:var(--soft);font-size:11px}
.locator rect{fill:var(--card);fill-opacity:.8;stroke:var(--soft);stroke-width:.75}
.locator path{stroke:var(--rule);fill:none}
.locator .here{fill:var(--accent);fill-opacity:.35;stroke:var(--accent)}
.c0{fill:var(--k0);background:var(--k0)}.c1{fill:var(--k1);background:var(--k1)}.c2{fill:var(--k2);background:var(--k2)}
.c3{fill:var(--k3);background:var(--k3)}.c4{fill:var(--k4);background:var(--k4)}.c5{fill:var(--k5);background:var(--k5)}.c6{fill:var(--k6);background:var(--k6)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 14px;margin:10px 0 0;padding:0;font-size:12px;color:var(--soft);font-variant-numeric:tabular-nums}
.legend i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:5px;vertical-align:-1px;box-shadow:inset 0 0 0 1px #0002}
.map.picking path[data-class]:not(.picked){opacity:.12}
.line{fill:none;stroke:var(--accent);stroke-width:1.75;stroke-linejoin:round}
.area{fill:var(--accent);fill-opacity:.1}
circle{fill:var(--accent)}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 6px;text-align:right;border-bottom:1px solid var(--rule);font-weight:400}
th:first-child{text-align:left;overflow-wrap:anywhere}
thead th{font-size:12px;color:var(--soft)}
.bar{background:linear-gradient(to right,color-mix(in srgb,var(--accent) 22%,transparent) var(--share),transparent 0)}
.note,.none{font-size:12px;color:var(--soft);margin:8px 0 0}
.tip{position:fixed;z-index:1;pointer-events:none;padding:4px 8px;border-radius:4px;background:var(--ink);color:var(--paper);font-size:12px;white-space:pre;font-variant-numeric:tabular-nums}
footer{max-width:1160px;margin:40px auto 32px;padding:0 20px;font-size:12px;color:var(--soft)}
`;
