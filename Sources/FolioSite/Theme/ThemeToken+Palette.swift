extension ThemeToken {
  /// The shipped colours, those of `folio.css`.
  ///
  /// Series and heat keep apart for people who do not see red, green or blue: change several together.
  var palette: (light: UInt32, dark: UInt32) {
    switch self {
    case .page: (0xf6f7f9, 0x0e1216)
    case .card: (0xffffff, 0x161b21)
    case .text: (0x1b1f24, 0xe6eaf0)
    case .quiet: (0x57606a, 0xa3adba)
    case .line: (0xd8dde4, 0x313a45)
    case .grid: (0xe3e7ec, 0x2a323c)
    case .axis: (0x8b95a3, 0x7d8794)
    case .track: (0xe8ecf1, 0x28303a)
    case .accent, .link: (0x0b57d0, 0x8ab4ff)
    case .series1: (0x1c5fcb, 0x3072df)
    case .series2: (0xb77b29, 0xae5f2f)
    case .series3: (0x5d247f, 0xd9abfb)
    case .series4: (0x0d4a22, 0xa9f1ca)
    case .other: (0x7b8494, 0x8b95a3)
    case .ok: (0x176f2c, 0x7ddc94)
    case .bad: (0xb3261e, 0xff8f87)
    case .due: (0x8a4b00, 0xffc26b)
    case .heat0: (0xeef4fc, 0x1d2733)
    case .heat1: (0xd3e3f8, 0x213a5a)
    case .heat2: (0xa9c8f0, 0x275081)
    case .heat3: (0x78a8e4, 0x3069aa)
    case .heat4: (0x4a86d2, 0x5b93ef)
    case .heat5: (0x2563b4, 0x7eb0f2)
    case .heat6: (0x123f80, 0xbcd8ff)
    case .ink0, .ink1, .ink2, .ink3: (0x101418, 0xe6eaf0)
    case .ink4: (0x101418, 0x0b0f13)
    case .ink5, .ink6: (0xffffff, 0x0b0f13)
    }
  }
}
