using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using WhatsSession.Signature;

namespace WhatsSession.Webhooks.Tests.Signature;

public sealed class SignatureTests
{
    private const string Body = """{"entry":[{"name":"caf\u00e9"}]}""";

    /// <summary>RFC 4231 where its keys and data are text, and one of our own; computed with openssl.</summary>
    public static TheoryData<string, string, string> Vectors => new()
    {
        { "Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
        { "key", "The quick brown fox jumps over the lazy dog", "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8" },
        { "\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v", "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Compute_KnownVector_IsRight(string secret, string body, string hex) =>
        WebhookSignature.Compute(Sample.Utf8(body), secret).Should().Be("sha256=" + hex);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_KnownVector_MatchesInEitherCase(string secret, string body, string hex)
    {
        WebhookSignature.Verify(Sample.Utf8(body), "sha256=" + hex, secret).Should().BeTrue();
        WebhookSignature.Verify(Sample.Utf8(body), "sha256=" + hex.ToUpperInvariant(), secret).Should().BeTrue();
        new WebhookVerifier([secret]).Verify(Sample.Utf8(body), "sha256=" + hex.ToUpperInvariant()).Should().BeTrue();
    }

    public static TheoryData<string?> NoSignatures
    {
        get
        {
            var right = WebhookSignature.Compute(Sample.Utf8(Body), Given.AppSecret);
            return new TheoryData<string?>(
                null,
                "",
                "sha256=",
                right["sha256=".Length..],
                "SHA256=" + right["sha256=".Length..],
                "sha1=" + right["sha256=".Length..],
                "sha256:" + right["sha256=".Length..],
                right[..^1],
                right + "0",
                " " + right[1..],
                right[..^1] + "g",
                right[..^1] + "/",
                right[..^1] + ":",
                right[..^1] + "@",
                right[..^1] + "`",
                right[..^1] + "é",
                right[..^1] + (right[^1] == '0' ? '1' : '0'),
                WebhookSignature.Compute(Sample.Utf8(Body), "another"),
                WebhookSignature.Compute(Sample.Utf8(Body + " "), Given.AppSecret),
                right + "," + right);
        }
    }

    [Theory]
    [MemberData(nameof(NoSignatures))]
    public void Verify_AnythingElse_IsFalse(string? header)
    {
        WebhookSignature.Verify(Sample.Utf8(Body), header, Given.AppSecret).Should().BeFalse();
        new WebhookVerifier([Given.AppSecret]).Verify(Sample.Utf8(Body), header).Should().BeFalse();
    }

    [Fact]
    public void Verify_SeveralSecrets_AcceptsEach()
    {
        var body = Sample.Utf8(Body);
        var verifier = new WebhookVerifier(["old", "new"]);

        foreach (var secret in (string[])["old", "new"])
        {
            WebhookSignature.Verify(body, WebhookSignature.Compute(body, secret), "old", "new").Should().BeTrue();
            verifier.Verify(body, WebhookSignature.Compute(body, secret)).Should().BeTrue();
        }
    }

    /// <summary>Secrets that were replaced are not kept by threads that verify nothing any more.</summary>
    [Fact]
    public void Verify_VerifierThatNobodyRefersTo_IsNotKeptByTheThread()
    {
        var used = VerifyOnce();
        GC.Collect();

        used.TryGetTarget(out _).Should().BeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference<WebhookVerifier> VerifyOnce()
        {
            var body = Sample.Utf8(Body);
            var verifier = new WebhookVerifier(["retired"]);
            verifier.Verify(body, WebhookSignature.Compute(body, "retired")).Should().BeTrue();
            return new WeakReference<WebhookVerifier>(verifier);
        }
    }

    [Fact]
    public void Verify_NoSecret_IsFalse()
    {
        var body = Sample.Utf8(Body);

        WebhookSignature.Verify(body, WebhookSignature.Compute(body, "any")).Should().BeFalse();
        new WebhookVerifier(Array.Empty<string>()).Verify(body, WebhookSignature.Compute(body, "any")).Should().BeFalse();
        new WebhookVerifier(Array.Empty<string>()).HasSecrets.Should().BeFalse();
    }

    [Fact]
    public void Verify_EmptySecret_NeverMatches()
    {
        var body = Sample.Utf8(Body);
        var forged = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(Array.Empty<byte>(), body));

        WebhookSignature.Verify(body, forged, "").Should().BeFalse();
        WebhookSignature.Verify(body, forged, "", Given.AppSecret).Should().BeFalse();
        new WebhookVerifier(["", Given.AppSecret]).Verify(body, forged).Should().BeFalse();
        new WebhookVerifier([""]).HasSecrets.Should().BeFalse();
    }

    [Fact]
    public void Verify_NullSecret_NeverMatches()
    {
        var body = Sample.Utf8(Body);

        WebhookSignature.Verify(body, WebhookSignature.Compute(body, "new"), null!, "new").Should().BeTrue();
        WebhookSignature.Verify(body, "sha256=" + Convert.ToHexString(HMACSHA256.HashData(Array.Empty<byte>(), body)), new string[] { null! }).Should().BeFalse();
    }

    [Fact]
    public void FindSigners_SeveralApps_NamesThoseWhoseSecretItWas()
    {
        var body = Sample.Utf8(Body);
        var verifier = new WebhookVerifier([("a", "one"), ("b", "two"), ("c", "one"), ("d", "")]);

        verifier.FindSigners(body, WebhookSignature.Compute(body, "one")).Should().Equal("a", "c");
        verifier.FindSigners(body, WebhookSignature.Compute(body, "two")).Should().Equal("b");
        verifier.FindSigners(body, WebhookSignature.Compute(body, "three")).Should().BeNull();
    }

    [Fact]
    public void Compute_EmptySecret_Throws() =>
        FluentActions.Invoking(() => WebhookSignature.Compute([], "")).Should().Throw<ArgumentException>();

    [Fact]
    public void Verifier_OnManyThreadsAndAfterAChangeOfSecret_AgreesWithTheSignature()
    {
        var first = new WebhookVerifier(["one", "two"]);
        var second = new WebhookVerifier(["three"]);
        Parallel.For(0, 2_000, i =>
        {
            var random = new Random(i);
            var body = new byte[random.Next(5_000)];
            random.NextBytes(body);
            var secret = (string[])["one", "two", "three", "four"] is var all ? all[random.Next(4)] : "";
            var header = WebhookSignature.Compute(body, secret);

            first.Verify(body, header).Should().Be(WebhookSignature.Verify(body, header, "one", "two"));
            second.Verify(body, header).Should().Be(WebhookSignature.Verify(body, header, "three"));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verifier_AfterWarmUp_AllocatesNothing(bool right)
    {
        var verifier = new WebhookVerifier(["one", "two"]);
        var body = Encoding.UTF8.GetBytes(new string('x', 592));
        var header = WebhookSignature.Compute(body, right ? "two" : "other");
        verifier.Verify(body, header);

        Allocated.LeastBytes(() => verifier.Verify(body, header)).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verify_SecretsUsedBefore_AllocatesNothing(bool right)
    {
        var body = Encoding.UTF8.GetBytes(new string('x', 592));
        var header = WebhookSignature.Compute(body, right ? "two" : "other");
        string[] secrets = ["one", "two"];
        WebhookSignature.Verify(body, header, secrets);
        WebhookSignature.Verify(body, header, secrets).Should().Be(right);

        Allocated.LeastBytes(() => WebhookSignature.Verify(body, header, secrets)).Should().Be(0);
    }

    [Fact]
    public void Verify_OtherStringOfTheSameSecret_AllocatesNothing()
    {
        var body = Sample.Utf8(Body);
        var header = WebhookSignature.Compute(body, Given.AppSecret);
        var again = new string(Given.AppSecret.AsSpan());
        WebhookSignature.Verify(body, header, Given.AppSecret);
        WebhookSignature.Verify(body, header, again).Should().BeTrue();

        Allocated.LeastBytes(() => WebhookSignature.Verify(body, header, again)).Should().Be(0);
    }

    /// <summary>A secret that is not used any more does not stay: others take its place.</summary>
    [Fact]
    public void Verify_MoreSecretsThanAreKept_KeepsTheLatestAndIsRight()
    {
        var body = Sample.Utf8(Body);
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var secret = "secret" + random.Next(3 * KeyedHashes.Capacity);
            WebhookSignature.Verify(body, WebhookSignature.Compute(body, secret), secret).Should().BeTrue();
            WebhookSignature.Verify(body, WebhookSignature.Compute(body, secret + "x"), secret).Should().BeFalse();
            KeyedHashes.OfThread.Count.Should().BeInRange(1, KeyedHashes.Capacity);
        }

        for (var i = 0; i < KeyedHashes.Capacity; i++)
        {
            WebhookSignature.Verify(body, WebhookSignature.Compute(body, "new"), "new" + i).Should().BeFalse();
        }

        KeyedHashes.OfThread.Count.Should().Be(0, "a secret that was used once has no hash");
    }
}
