import FolioBilling
import Testing

func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

func dollars(_ text: String) throws -> Money { try Money(text, currency: currency("USD")) }

func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
