/** The report's only stylesheet; its hash is the one style that the page's policy admits. Light, made for paper too. */
export const style = `
:root{color-scheme:light;--text:#12181d;--text-2:#434e58;--text-3:#5c6771;--border:#e2e6e9;--strong:#c8cfd5;--axis:#808b95;--grid:#e9edef;--accent:#0b6477;--bad:#ad261d;--bad-tint:#fcebe9}
*{box-sizing:border-box}
html{background:#f4f6f7}
body{margin:0;font:13px/20px Inter,"Segoe UI Variable Text","Segoe UI",-apple-system,BlinkMacSystemFont,"Noto Sans",Ubuntu,system-ui,sans-serif;color:var(--text);font-feature-settings:"tnum" 1,"lnum" 1}
main{max-width:900px;margin:24px auto 40px;padding:36px 44px 32px;background:#fff;border:1px solid var(--strong)}
header{display:flex;justify-content:space-between;align-items:flex-start;gap:24px}
h1{margin:0;font-size:22px;line-height:30px;font-weight:600;letter-spacing:-.005em}
h2{margin:28px 0 0;padding-bottom:4px;border-bottom:1px solid var(--strong);font-size:15px;line-height:22px;font-weight:600}
h3{margin:16px 0 0;padding-bottom:3px;font-size:13px;line-height:20px;font-weight:600}
p{margin:0}
.lead{margin-top:2px;color:var(--text-2)}
.brand{display:flex;align-items:center;gap:7px;color:var(--text-2);font-weight:600;white-space:nowrap;line-height:30px}
.brand svg{width:17px;height:17px;color:var(--accent)}
.cap{margin:5px 0 0;font-size:12px;line-height:16px;color:var(--text-3)}
.kv{display:grid;grid-template-columns:104px minmax(0,1fr) 104px minmax(0,1fr);gap:0 14px;margin:10px 0 0;line-height:24px}
.kv dt{color:var(--text-3);font-size:12px}
.kv dd{margin:0}
code{font:12px/18px "JetBrains Mono","Cascadia Mono",ui-monospace,"SF Mono","Noto Sans Mono",Consolas,"DejaVu Sans Mono",monospace}
table{width:100%;border-collapse:collapse}
th,td{height:29px;padding:0 10px 0 0;text-align:left;border-bottom:1px solid var(--border);vertical-align:middle}
th:last-child,td:last-child{padding-right:0}
thead th{height:28px;font-size:12px;font-weight:400;color:var(--text-3);white-space:nowrap}
tbody th{font-weight:400;white-space:nowrap}
.stack td{padding-top:4px;padding-bottom:4px;line-height:17px}
.stack i{display:block;margin:0;line-height:15px}
td{white-space:nowrap}
td.wrap{white-space:normal;color:var(--text-2);line-height:18px;padding-top:5px;padding-bottom:5px}
.right th,.right td{text-align:right}
.right th:first-child,.right td:first-child{text-align:left;color:var(--text-2)}
.right tfoot td{color:var(--text-2)}
b{font-weight:500}
i{font-style:normal;font-size:12px;color:var(--text-3);margin-left:6px}
.t3{color:var(--text-3);font-weight:400}
.kv .wide{grid-column:2/-1}
.kept{display:inline-block;padding:0 6px;border-radius:3px;background:var(--bad-tint);color:var(--bad);font-size:12px;line-height:18px;white-space:nowrap}
.sw{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:8px;background:currentColor}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px 36px;margin-top:2px}
.run{break-inside:avoid}
.run .figures{grid-template-columns:minmax(0,1.1fr) minmax(0,1fr)}
svg.chart{display:block;width:100%;height:auto;margin-top:8px}
svg text{font:11px Inter,"Segoe UI",-apple-system,"Noto Sans",system-ui,sans-serif;fill:var(--text-3);font-feature-settings:"tnum" 1}
svg .axis{stroke:var(--axis);stroke-width:1}
svg .grid{stroke:var(--grid);stroke-width:1}
svg .ideal{stroke:#6b7680;stroke-width:1;stroke-dasharray:3 3;fill:none}
svg .line{fill:none;stroke:currentColor;stroke-width:1.75;stroke-linejoin:round}
svg .dash{stroke-dasharray:5 3}
svg .dot{fill:#fff;stroke:currentColor;stroke-width:1.5}
svg .point{fill:currentColor;stroke:#fff;stroke-width:1.5}
svg .key{fill:var(--text)}
svg .box{fill:currentColor}
svg .yes{fill:#0b6477}
svg .no{fill:#8a949d}
.s1{color:#3441a9}.s2{color:#b84806}.s3{color:#079e7e}.s4{color:#850046}.s5{color:#09719e}.s6{color:#b3840c}.s7{color:#603475}.s8{color:#8c4d5b}
.chg.s1,.chg.s2,.chg.s3,.chg.s4,.chg.s5,.chg.s6,.chg.s8{color:inherit}
.limit{margin-top:24px;padding-top:12px;border-top:1px solid var(--strong);font-size:12px;line-height:18px;color:var(--text-2)}
@media print{html{background:#fff}main{margin:0;padding:0;border:0;max-width:none}h2{break-after:avoid}tr,.figures{break-inside:avoid}@page{margin:16mm}}
`;
