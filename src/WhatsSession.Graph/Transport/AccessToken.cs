namespace WhatsSession;

/// <summary>An access token of the Graph API. A string converts to it implicitly. If you send often, keep one and use it again.</summary>
/// <remarks>Immutable. It never shows its value: neither in <see cref="ToString"/> nor in an exception. Two tokens are equal when their values are.</remarks>
public sealed class AccessToken : IEquatable<AccessToken>
{
    private readonly string _value;

    /// <summary>Takes a token.</summary>
    /// <param name="value">The token as Meta gave it.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty.</exception>
    public AccessToken(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
        Bearer = "Bearer " + value;
    }

    /// <summary>The value of the header. It is made once, because each request needs it.</summary>
    internal string Bearer { get; }

    /// <summary>The same for the endpoints of resumable uploads.</summary>
    internal string OAuth => "OAuth " + _value;

    /// <summary>Takes a token.</summary>
    /// <param name="value">The token as Meta gave it.</param>
    public static implicit operator AccessToken(string value) => new(value);

    /// <summary>Makes a token from a string. The implicit conversion does the same.</summary>
    /// <param name="value">The token as Meta gave it.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty.</exception>
    public static AccessToken FromString(string value) => new(value);

    /// <inheritdoc />
    public bool Equals(AccessToken? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AccessToken);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);

    /// <summary>The kind, without the token.</summary>
    public override string ToString() => nameof(AccessToken);
}
