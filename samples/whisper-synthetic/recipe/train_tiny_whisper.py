#!/usr/bin/env python
"""Train a tiny, real Whisper-architecture model on synthetic speech (gen_data.py) with 2 CPU cores.

Needs: torch, openai-whisper.  Output: model.pt (loads with whisper.load_model("model.pt")).
Tricks that make it fit in minutes:
 * auxiliary frame-wise phoneme loss on the encoder (espeak-ng's own phoneme times; head thrown away) + guided
   cross attention on the last decoder layer (its heads are Whisper's default "alignment heads", so word
   timestamps work).  A first attempt with a CTC loss instead sat on its plateau for 10 minutes;
 * only the token rows that occur are trained; every other row of the 51865-row embedding is one constant
   (dimension 0 of the final LayerNorm is pinned to 1, unused rows hold -60 there) so unused tokens have
   probability 0, int8 is exact for them and the file compresses well;
 * most steps on short windows (positions are sinusoidal), then full 30 s windows with several sentences.
"""
import argparse, json, math, os, random, sys, time
import numpy as np, torch, torch.nn.functional as F
import whisper
from whisper.model import Whisper, ModelDimensions, MultiHeadAttention
from whisper.audio import mel_filters
from whisper.tokenizer import get_tokenizer
R = os.environ.get("ASR_WORK", ".")
ap = argparse.ArgumentParser()
ap.add_argument("--minutes1", type=float, default=24); ap.add_argument("--minutes2", type=float, default=18)
ap.add_argument("--state", type=int, default=128); ap.add_argument("--heads", type=int, default=4)
ap.add_argument("--enc", type=int, default=3); ap.add_argument("--dec", type=int, default=2)
ap.add_argument("--bf16", type=int, default=0); ap.add_argument("--bs1", type=int, default=32); ap.add_argument("--bs2", type=int, default=6)
ap.add_argument("--init", default=""); ap.add_argument("--out", default=f"{R}/model.pt"); ap.add_argument("--lr", type=float, default=2e-3); ap.add_argument("--lr2", type=float, default=7e-4)
A = ap.parse_args()
torch.set_num_threads(int(os.environ.get("NT", "2"))); torch.manual_seed(0); rng = random.Random(0); nrng = np.random.default_rng(0)
dims = ModelDimensions(80, 1500, A.state, A.heads, A.enc, 51865, 448, A.state, A.heads, A.dec)
tok = get_tokenizer(True, language="en", task="transcribe")
TS0 = tok.timestamp_begin; SOT = list(tok.sot_sequence)          # sot, en, transcribe
W = np.load(f"{R}/data/train.npy", mmap_mode="r"); M = json.load(open(f"{R}/data/train.json"))
OFF, JOBS, WORDS, PH = M["off"], M["jobs"], M["words"], M["ph"]
PHN = {"_": 0, "_:": 0, "_|": 0}
for p_ in PH:
    for n_, _ in p_: PHN.setdefault(n_, len(set(PHN.values())))
NPH = max(PHN.values()) + 1
enc_cache = {}
def enc(text):
    if text not in enc_cache: enc_cache[text] = tok.encode(" " + text)
    return enc_cache[text]
used = set()
for j in JOBS: used.update(enc(j[0]))
used |= {tok.eot, *SOT, tok.no_timestamps, tok.sot_prev, tok.no_speech, tok.encode(" ")[0]} | set(range(TS0, TS0 + 1501))
used = sorted(used); U = len(used); lut = np.full(51865, -1, np.int64); lut[used] = np.arange(U)
ts_lo = int(lut[TS0])
print("vocab rows trained:", U, flush=True)
# ---------- model
m = Whisper(dims)
Eu = torch.randn(U, A.state) * 0.08
# sinusoidal structure for timestamp rows: neighbours start similar
pos = torch.arange(1501)[:, None] * torch.exp(-math.log(800) * torch.arange(A.state // 2) / (A.state // 2 - 1))[None]
Eu[ts_lo:ts_lo + 1501] = torch.cat([torch.sin(pos), torch.cos(pos)], 1) * 0.08
Eu[:, 0] = 0; Eu = torch.nn.Parameter(Eu)
ctc = torch.nn.Linear(A.state, NPH)
for n, p in m.named_parameters():
    if p.dim() == 2 and "embedding" not in n: torch.nn.init.xavier_uniform_(p)
torch.nn.init.normal_(m.decoder.positional_embedding, std=0.02)
with torch.no_grad():                            # let the audio, not the positions, dominate at the start
    m.encoder.positional_embedding.mul_(0.3); m.encoder.conv1.weight.mul_(2.0); m.encoder.conv2.weight.mul_(3.0)
if A.init:
    sd = torch.load(A.init, weights_only=True)["model_state_dict"]; m.load_state_dict(sd)
    Eu.data.copy_(sd["decoder.token_embedding.weight"][used])
    try: ctc.load_state_dict(torch.load(A.init + ".ctc"))
    except Exception as e: print("no ctc", e)
m.decoder.token_embedding.weight.requires_grad_(False)
params = [p for p in m.parameters() if p.requires_grad] + [Eu] + list(ctc.parameters())
decay = [p for p in params if p.dim() >= 2]; nod = [p for p in params if p.dim() < 2]
opt = torch.optim.AdamW([{"params": decay, "weight_decay": .02}, {"params": nod, "weight_decay": 0}], lr=A.lr, betas=(.9, .98))
def pin():
    with torch.no_grad():
        m.decoder.ln.weight[0] = 0; m.decoder.ln.bias[0] = 1; Eu[:, 0] = 0
pin()
def encode(mel):
    x = F.gelu(m.encoder.conv1(mel)); x = F.gelu(m.encoder.conv2(x)).permute(0, 2, 1)
    x = x + m.encoder.positional_embedding[: x.shape[1]]
    for b in m.encoder.blocks: x = b(x)
    return m.encoder.ln_post(x)
def cross(att, x, xa, want):
    B, T, S = x.shape; h = att.n_head
    q = att.query(x).view(B, T, h, -1).transpose(1, 2); k = att.key(xa).view(B, -1, h, S // h).transpose(1, 2); v = att.value(xa).view(B, -1, h, S // h).transpose(1, 2)
    if not want: return att.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)), None
    lw = (q @ k.transpose(-1, -2) / math.sqrt(S // h)).float().log_softmax(-1)
    return att.out((lw.exp().to(v.dtype) @ v).transpose(1, 2).flatten(2)), lw
def decode(ids, xa):
    x = F.embedding(ids, Eu) + m.decoder.positional_embedding[: ids.shape[1]]
    lw = None
    for i, b in enumerate(m.decoder.blocks):
        last = i == len(m.decoder.blocks) - 1
        x = x + b.attn(b.attn_ln(x), mask=m.decoder.mask)[0]
        c, lw_ = cross(b.cross_attn, b.cross_attn_ln(x), xa, last); x = x + c
        if last: lw = lw_
        x = x + b.mlp(b.mlp_ln(x))
    return m.decoder.ln(x) @ Eu.T, lw
# ---------- data
FB = mel_filters("cpu", 80); WIN = torch.hann_window(400)
def logmel(x):                                   # x [B, n]
    p = torch.stft(x, 400, 160, window=WIN, return_complex=True)[..., :-1].abs() ** 2
    l = torch.clamp(FB @ p, min=1e-10).log10()
    l = torch.maximum(l, l.amax((1, 2), keepdim=True) - 8.0)
    return (l + 4) / 4
def noise(n):
    k = rng.random()
    if k < .4: z = nrng.standard_normal(n)
    elif k < .75:
        z = nrng.standard_normal(n); f = np.fft.rfft(z); f /= np.maximum(np.arange(len(f)), 20) ** rng.uniform(.3, .9); z = np.fft.irfft(f, n)
    else:
        t = np.arange(n) / 16000; f0 = rng.uniform(45, 130); z = sum(rng.random() / (i + 1) * np.sin(2 * np.pi * f0 * (i + 1) * t + rng.random() * 6) for i in range(6)) + .2 * nrng.standard_normal(n)
    return (z / (np.std(z) + 1e-9)).astype(np.float32)
def label(lab, i, a, r):
    p = PH[i]; T0 = a / 320
    if not p: lab[int(T0): int(T0 + (OFF[i + 1] - OFF[i]) / r / 320) + 1] = -1; return
    for k, (n, t) in enumerate(p):
        e = p[k + 1][1] if k + 1 < len(p) else (OFF[i + 1] - OFF[i]) / 16000
        lab[round(T0 + t / r * 50): round(T0 + e / r * 50)] = PHN[n]
def tok_times(i, r, a, b, text, ids):
    """centre time of every token, from the word times where espeak gave them"""
    L = [len(tok.decode([t])) for t in ids]; c = np.cumsum([0] + L)          # text has a leading space
    if not WORDS[i]: k = [0, c[-1]]; v = [a, b]
    else: k = [w[0] + 1 for w in WORDS[i]] + [len(text) + 1]; v = [a + w[2] / r for w in WORDS[i]] + [b]
    return [float(np.interp((c[j] + c[j + 1]) / 2 + .5 * (j == 0), k, v)) for j in range(len(ids))]
def window(n_samp, max_utt):
    """-> wave, list of (start_s, end_s, text), cut_start or None"""
    x = np.zeros(n_samp, np.float32); segs = []; cut = None; lab = np.zeros(n_samp // 320, np.int64)
    t = rng.choice([0.0, rng.uniform(0, .25), rng.uniform(0, .9)])
    for k in range(max_utt):
        i = rng.randrange(len(JOBS)); w = np.asarray(W[OFF[i]:OFF[i + 1]], np.float32) / 32768
        r = rng.uniform(.93, 1.07) if rng.random() < .5 else 1.0
        if r != 1.0: w = np.interp(np.arange(0, len(w) - 1, r), np.arange(len(w)), w).astype(np.float32)
        w = w / (np.abs(w).max() + 1e-6) * rng.uniform(.5, 1)
        a = int(t * 16000); b = a + len(w)
        if b > n_samp - 800:
            if segs and a < n_samp - 3200 and max_utt > 1:
                label(lab, i, a, r); e = min(b, n_samp); x[a:e] += w[: e - a]; cut = t
            break
        x[a:b] += w; segs.append((a / 16000, b / 16000, JOBS[i][0], i, r)); label(lab, i, a, r)
        t = b / 16000 + rng.choice([rng.uniform(.15, .5), rng.uniform(.3, 1.2), rng.uniform(.5, 2.2)])
    content = n_samp if cut is not None else min(n_samp, int((segs[-1][1] + rng.uniform(.02, 1.0)) * 16000)) if segs else n_samp
    x[content:] = 0
    if rng.random() < .3:                        # narrow band / phone
        f = np.fft.rfft(x); fr = np.fft.rfftfreq(n_samp, 1 / 16000); f *= 1 / (1 + (fr / rng.uniform(3000, 7000)) ** 8); x = np.fft.irfft(f, n_samp).astype(np.float32)
    if rng.random() < .75:
        s = np.std(x[:content]) + 1e-4; x[:content] += noise(content) * s * 10 ** (-rng.uniform(8, 45) / 20)
    x *= rng.uniform(.08, 1.0) / (np.abs(x).max() + 1e-6)
    return x, segs, cut, content, lab
PREV = .05
q = lambda t: TS0 + max(0, min(1500, round(t / .02)))
def make(n_samp, max_utt):
    """-> wave, in/out tokens, loss mask, time target for each predicted token (s or -1), text for CTC"""
    if rng.random() < .03:                       # no speech at all
        x = noise(n_samp) * 10 ** (-rng.uniform(20, 80) / 20) if rng.random() < .6 else np.zeros(n_samp, np.float32)
        return x.astype(np.float32), [*SOT, TS0, tok.eot], [tok.no_speech, -1, -1, tok.eot], [-1] * 4, np.zeros(n_samp // 320, np.int64), n_samp
    x, segs, cut, content, lab = window(n_samp, max_utt if rng.random() < .8 else 1)
    if not segs: return make(n_samp, max_utt)
    prev = []
    if rng.random() < PREV:
        for _ in range(rng.randint(1, 3)):
            tt = enc(JOBS[rng.randrange(len(JOBS))][0])
            prev += tt if rng.random() < .5 else [q(rng.uniform(0, 3)), *tt, q(rng.uniform(3, 30))]
        prev = [tok.sot_prev, *prev[-60:]]
    notime = rng.random() < .25
    seq, tm = [*SOT], [-1, -1, -1]
    if notime: seq.append(tok.no_timestamps); tm.append(-1)
    for a, b, s, si, r in segs:
        ids = enc(s)
        if not notime: seq.append(q(a)); tm.append(a)
        for i, tt in zip(ids, tok_times(si, r, a, b, s, ids)): seq.append(i); tm.append(tt)
        if not notime: seq.append(q(b)); tm.append(b)
    if cut is not None and not notime: seq.append(q(cut)); tm.append(cut)
    if cut is not None and notime: return make(n_samp, max_utt)
    seq.append(tok.eot); tm.append(-1)
    full = prev + seq; n0 = len(prev) + 3 + int(notime)       # first predicted position
    tgt = [-1] * (n0 - 1) + full[n0:]; times = [-1] * (n0 - 1) + tm[n0 - len(prev):]
    tgt[len(prev)] = SOT[1]                                   # after <sot>: <en> (language detection)
    return x, full, tgt, times, lab, content
def batch(bs, sec, max_utt):
    n = int(sec * 16000); items = [make(n, max_utt) for _ in range(bs)]
    mel = logmel(torch.from_numpy(np.stack([i[0] for i in items])))
    for b, it in enumerate(items):              # faster-whisper pads features with 0, openai-whisper with silence
        if rng.random() < .5: mel[b, :, min(mel.shape[2], it[5] // 160 + 1):] = 0
        for _ in range(rng.randint(0, 2)):      # SpecAugment (frequency only)
            f0 = rng.randrange(70); mel[b, f0:f0 + rng.randint(1, 7)] = mel[b].mean()
    T = max(len(i[2]) for i in items)
    ids = np.full((bs, T), lut[tok.eot]); tgt = np.full((bs, T), -1); tim = np.full((bs, T), -1.0, np.float32)
    for b, it in enumerate(items):
        L = len(it[2]); ids[b, :L] = lut[it[1][:L]]; tgt[b, :L] = [lut[t] if t >= 0 else -1 for t in it[2]]; tim[b, :L] = it[3][:L]
    ct = torch.from_numpy(np.stack([i[4] for i in items]))
    return mel, torch.from_numpy(ids), torch.from_numpy(tgt), torch.from_numpy(tim), ct
def loss_fn(mel, ids, tgt, tim, ct, w_ctc, w_att):
    with torch.autocast("cpu", torch.bfloat16, enabled=bool(A.bf16)):
        xa = encode(mel); lg, lw = decode(ids, xa); cl = ctc(xa)
    lg = lg.float(); V = tgt >= 0; lo = lg[V]; t = tgt[V]
    lp = lo.log_softmax(-1); is_ts = (t >= ts_lo)
    ce_txt = -lp[~is_ts].gather(1, t[~is_ts, None]).mean()
    k = torch.arange(-4, 5); g = torch.exp(-.5 * (k / 1.7) ** 2); g = g / g.sum()      # soft targets for timestamps
    idx = (t[is_ts, None] + k).clamp(ts_lo, ts_lo + 1500)
    ce_ts = -(lp[is_ts].gather(1, idx) * g).sum(1).mean() if is_ts.any() else torch.zeros(())
    att = torch.zeros(())
    if w_att > 0:
        P = tim >= 0; fr = tim[P] * 50; S = lw.shape[-1]
        G = torch.exp(-.5 * ((torch.arange(S)[None] - fr[:, None]) / 7) ** 2); G = G / (G.sum(1, keepdim=True) + 1e-6)
        att = -(lw.permute(0, 2, 1, 3)[P] * G[:, None]).sum(-1).mean()
    c = F.cross_entropy(cl.float().flatten(0, 1), ct[:, : cl.shape[1]].flatten(), ignore_index=-1) if w_ctc > 0 else torch.zeros(())
    acc = (lo.argmax(-1) == t)[~is_ts].float().mean()
    return ce_txt + .3 * ce_ts + w_ctc * c + w_att * att, (ce_txt, ce_ts, c, att, acc)
def save(path):
    sd = {k: v.clone() for k, v in m.state_dict().items()}
    E = torch.zeros(51865, A.state); E[:, 0] = -60.0; E[used] = Eu.data
    sd["decoder.token_embedding.weight"] = E
    torch.save({"dims": dims.__dict__, "model_state_dict": {k: v for k, v in sd.items()}}, path)
    torch.save(ctc.state_dict(), path + ".ctc")
def run(name, minutes, lr, bs, secs, utts, w_ctc, w_att):
    if minutes <= 0: return
    t0 = time.time(); step = 0; av = None
    while (fr := (time.time() - t0) / (minutes * 60)) < 1:
        lrn = lr * min(1, (step + 1) / (40 if A.init else 150)) * (.5 * (1 + math.cos(math.pi * fr)) * .98 + .02)
        for g in opt.param_groups: g["lr"] = lrn
        sec = rng.choice(secs)
        b = batch(max(2, int(bs * secs[0] / sec)) if len(secs) > 1 else bs, sec, utts(sec))
        L, st = loss_fn(*b, w_ctc, w_att)
        opt.zero_grad(); L.backward(); torch.nn.utils.clip_grad_norm_(params, 1.0); opt.step(); pin()
        s = np.array([float(x.detach()) for x in st]); av = s if av is None else av * .97 + s * .03; step += 1
        if step % 50 == 0: print(f"{name} step {step} t {time.time()-t0:.0f}s lr {lrn:.1e} txt {av[0]:.3f} ts {av[1]:.3f} phone {av[2]:.3f} att {av[3]:.3f} acc {av[4]:.3f}", flush=True)
        if step % 500 == 0: save(A.out)
    save(A.out); print(name, "steps", step, flush=True)
run("S1", A.minutes1, A.lr, A.bs1, [4.8, 6.4, 9.6], lambda s: 1 if s < 5 else 2 if s < 7 else 4, 1.0, .5)
PREV = .25
run("S2", A.minutes2, A.lr2, A.bs2, [30.0], lambda s: 12, .3, .3)
