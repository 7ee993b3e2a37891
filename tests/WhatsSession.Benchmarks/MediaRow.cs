using System.Security.Cryptography;

namespace WhatsSession.Benchmarks;

/// <summary>A file of 100 MB up or down. What is not allocated cannot be held: under 1 MB of the process's memory, pooled pieces included, is all there is of the file at any time.</summary>
internal abstract class MediaRow : BudgetRow
{
    protected static readonly PhoneNumberId BusinessNumberId = PhoneNumberId.Parse("314159265358979");

    private static readonly byte[] Piece = new byte[64 * 1024];

    private StubProcess? _server;

    public override double TimeBudget => 1.5;

    public override long ByteBudget => 1024 * 1024;

    public override bool CountsWholeProcess => true;

    public override int OperationsPerRound => 1;

    public override int Rounds => 25;

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    public override int CountedOperations => 1;

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    protected Uri Address => _server!.Address;

    protected GraphClient Graph => new(Http, new GraphClientOptions { BaseAddress = Address });

    public override async ValueTask<string?> PrepareAsync()
    {
        _server = await StubProcess.StartAsync("media");
        return null;
    }

    public override ValueTask DisposeAsync()
    {
        Http.Dispose();
        _server?.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>The SHA-256 of as many bytes, which both sides of the comparison compute.</summary>
    protected static void Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var hashed = 0; hashed < MediaServer.FileLength; hashed += Piece.Length)
        {
            hash.AppendData(Piece);
        }

        hash.GetHashAndReset();
    }
}
