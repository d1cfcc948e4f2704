extension HTMLReport {
    /// Verdicts carry a word as well as a colour, in light and in dark.
    static let style = """
        :root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#1b1f24;--dim:#5d6672;--line:#dfe3e8;--accent:#2463c9;
        --failed:#c0262d;--unsure:#b35c00;--foreign:#8a3ab9;--aligned:#1a7f4b;--in-sync:#2870a8;--open:#6b7480}
        @media(prefers-color-scheme:dark){:root{--bg:#14171b;--card:#1d2127;--text:#e8ebef;--dim:#9aa4b1;--line:#313842;
        --accent:#7aa9ff;--failed:#ff7b80;--unsure:#f2a24a;--foreign:#c792ea;--aligned:#5fcf97;--in-sync:#74b8ee;--open:#98a2af}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1280px;padding:24px 20px 60px;background:var(--bg);color:var(--text);
        font:15px/1.45 system-ui,"Segoe UI","Noto Sans",sans-serif}
        h1{font-size:24px;margin:0 0 14px;font-weight:650;overflow-wrap:anywhere}
        small{color:var(--dim);font-size:12.5px}
        .stop{background:var(--card);border-left:4px solid var(--failed);padding:10px 14px;border-radius:4px}
        .figures{display:flex;flex-wrap:wrap;gap:10px;margin-bottom:14px}
        .figure{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 14px;color:var(--dim);min-width:96px}
        .figure b{display:block;font-size:22px;line-height:1.2;color:var(--text);font-weight:650;font-variant-numeric:tabular-nums}
        .shares{display:flex;height:10px;border-radius:5px;overflow:hidden;gap:2px}
        .shares i{background:var(--v);min-width:3px}
        .v-failed{--v:var(--failed)}.v-unsure{--v:var(--unsure)}.v-foreign{--v:var(--foreign)}
        .v-aligned{--v:var(--aligned)}.v-in-sync{--v:var(--in-sync)}.v-open{--v:var(--open)}
        .figure[class*=v-] b{color:var(--v,var(--text))}
        .left{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 14px;margin-top:12px}
        .left ul{margin:8px 0 4px;padding-left:20px;overflow-wrap:anywhere}
        summary{cursor:pointer}
        .tools{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;margin:14px -20px 6px;
        padding:10px 20px;background:var(--bg);border-bottom:1px solid var(--line)}
        fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 16px}
        legend{float:left;color:var(--dim);margin-right:4px}
        fieldset label{color:var(--v);white-space:nowrap}
        input[type=checkbox]{accent-color:var(--v);vertical-align:-2px}
        .scripted{display:none;gap:16px;flex-wrap:wrap;align-items:center;color:var(--dim)}
        .js .scripted{display:flex}
        select,input[type=search]{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:3px 8px}
        article{display:grid;grid-template-columns:104px minmax(0,1fr) 210px 380px;gap:16px;align-items:start;background:var(--card);
        border:1px solid var(--line);border-left:4px solid var(--v);border-radius:8px;padding:12px 14px;margin-top:8px;
        content-visibility:auto;contain-intrinsic-size:auto 104px}
        .badge{display:inline-block;font-weight:650;color:var(--v)}
        .meter{display:block;width:96px;height:6px;border-radius:3px;background:var(--line);margin:5px 0 1px;overflow:hidden}
        .meter i{display:block;height:100%;background:var(--v)}
        .names b,.names>span{display:block;overflow-wrap:anywhere}
        .names b{font-weight:600}.names>span{color:var(--dim)}
        .names p{margin:5px 0 0;overflow-wrap:anywhere;white-space:pre-wrap}
        .error{color:var(--failed)}.note{color:var(--unsure)}
        .names details{margin-top:3px;color:var(--dim);font-size:13px}
        dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:6px 0}dt{color:var(--dim)}
        dd{margin:0;color:var(--text);overflow-wrap:anywhere}
        table{border-collapse:collapse;color:var(--text)}td,th{text-align:right;padding:1px 12px 1px 0;font-variant-numeric:tabular-nums}
        th{color:var(--dim);font-weight:500}
        .numbers b,.numbers small{display:block;font-variant-numeric:tabular-nums}
        .numbers b{font-weight:600}
        .curve{display:grid;grid-template:1fr 1fr auto/70px 1fr 1fr;column-gap:8px;min-height:78px}
        .v-failed .names,.v-open .names{grid-column:2/-1}
        .curve small{font-size:11px;font-variant-numeric:tabular-nums;line-height:1.2}
        .top,.bottom{text-align:right}.bottom{grid-area:2/1;align-self:end}
        .curve svg{grid-area:1/2/3/4;width:100%;height:60px;background:var(--bg);border-radius:4px}
        .from{grid-area:3/2}.to{grid-area:3/3;text-align:right}
        article:has(details[open]) .curve svg{height:150px}
        path{fill:none;vector-effect:non-scaling-stroke}
        .l{stroke:var(--v);stroke-width:2.5;stroke-linecap:round}.s{stroke:var(--v);stroke-width:1;stroke-dasharray:2 3;opacity:.8}
        .z{stroke:var(--dim);stroke-width:1;stroke-dasharray:1 4}
        body:has(#f-failed:not(:checked)) article.v-failed,body:has(#f-unsure:not(:checked)) article.v-unsure,
        body:has(#f-foreign:not(:checked)) article.v-foreign,body:has(#f-aligned:not(:checked)) article.v-aligned,
        body:has(#f-in-sync:not(:checked)) article.v-in-sync,body:has(#f-open:not(:checked)) article.v-open,
        article.hidden{display:none}
        @media(max-width:1080px){article{grid-template-columns:104px minmax(0,1fr) 210px}.curve{grid-column:1/-1}}
        @media(max-width:640px){article{grid-template-columns:1fr;gap:8px}.names,.v-failed .names,.v-open .names{grid-column:auto}body{padding:14px 12px 40px}.tools{position:static;margin-inline:-12px;padding-inline:12px}}
        @media print{.tools{display:none}article{content-visibility:visible;break-inside:avoid}}
        """

    /// Sorting and search; the page reads well without.
    static let script = """
        (()=>{const rows=document.getElementById('rows'),sort=document.getElementById('sort'),find=document.getElementById('find'),
        shown=document.getElementById('shown'),all=[...rows.children];document.documentElement.classList.add('js');
        const text=new Map(all.map(a=>[a,a.querySelector('.names').textContent.toLowerCase()]));
        const by={rank:a=>+a.dataset.rank,index:a=>+a.dataset.index,confidence:a=>+a.dataset.confidence,offset:a=>-a.dataset.offset};
        sort.onchange=()=>{const f=by[sort.value];all.sort((a,b)=>f(a)-f(b)||a.dataset.index-b.dataset.index);rows.append(...all)};
        find.oninput=()=>{const w=find.value.toLowerCase();let n=0;
        for(const a of all){const is=text.get(a).includes(w);a.classList.toggle('hidden',!is);n+=is}
        shown.textContent=w?n+' of '+all.length:''};
        document.querySelector('form').onsubmit=()=>false})()
        """
}
