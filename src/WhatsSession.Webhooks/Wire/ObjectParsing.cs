namespace WhatsSession.Wire;

/// <summary>Makes a value of the properties of one object.</summary>
internal delegate T ObjectParsing<out T>(in ObjectReader properties);
