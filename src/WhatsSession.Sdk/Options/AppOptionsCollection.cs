namespace WhatsSession;

/// <summary>Meta apps by name.</summary>
public sealed class AppOptionsCollection : Dictionary<string, AppOptions>
{
    /// <summary>Makes an empty collection; names are compared without case.</summary>
    public AppOptionsCollection()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>Adds an app.</summary>
    /// <param name="name">The name of the app in the configuration.</param>
    /// <param name="appSecrets">The valid secrets.</param>
    /// <param name="verifyToken">The verify token that was entered when the webhook was set up at Meta.</param>
    /// <exception cref="ArgumentException">There is an app of this name.</exception>
    public void Add(string name, IEnumerable<string> appSecrets, string verifyToken) => AddNew(name, Make(appSecrets, verifyToken, appId: null));

    /// <summary>Adds an app with its id.</summary>
    /// <param name="name">The name of the app in the configuration.</param>
    /// <param name="appSecrets">The valid secrets.</param>
    /// <param name="verifyToken">The verify token that was entered when the webhook was set up at Meta.</param>
    /// <param name="appId">Meta's id of the app.</param>
    /// <exception cref="ArgumentException">There is an app of this name.</exception>
    public void Add(string name, IEnumerable<string> appSecrets, string verifyToken, string appId) => AddNew(name, Make(appSecrets, verifyToken, appId));

    private void AddNew(string name, AppOptions app)
    {
        if (!TryAdd(name, app))
        {
            throw new ArgumentException(
                $"WhatsSession:Apps:{name} is there already, from the configuration or from code; give each app a name of its own, or change the one that is "
                + $"there: o.Apps[\"{name}\"].",
                nameof(name));
        }
    }

    private static AppOptions Make(IEnumerable<string> appSecrets, string verifyToken, string? appId)
    {
        ArgumentNullException.ThrowIfNull(appSecrets);
        var app = new AppOptions { VerifyToken = verifyToken, AppId = appId };
        foreach (var secret in appSecrets)
        {
            app.AppSecrets.Add(secret);
        }

        return app;
    }
}
